import { Injectable } from '@nestjs/common';
import type { auditQuery, AuditRow } from '@concentric/contracts';
import type { z } from 'zod';
import { Database } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { iso } from '../database/iso';
import { KeysetList, type Page } from '../http/list/keyset-list';

const entries = new KeysetList<AuditRow>({
  select:
    'SELECT a.id, a.at, a.actor_id, a.action, a.entity_type, a.entity_id, a.from_state, a.to_state, a.reason, a.before_value, a.after_value FROM audit_log a',
  sorts: { at: { column: 'a.at', type: 'int', notNull: true } },
  defaultSort: '-at',
  key: 'a.id',
  row: (raw) => ({
    id: idOut(raw['id'] as Buffer),
    at: iso(raw['at']),
    actorId: raw['actor_id'] as string,
    action: raw['action'] as string,
    entityType: raw['entity_type'] as string,
    entityId: raw['entity_id'] as string,
    from: raw['from_state'] as string | null,
    to: raw['to_state'] as string | null,
    reason: raw['reason'] as string | null,
    before: fieldsOf(raw['before_value']),
    after: fieldsOf(raw['after_value']),
  }),
});

/** Reads the audit log of one thing. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: Database) {}

  /** Newest first. The log knows no partners: it is for whoever sees the whole brand. */
  async of(brandId: string, query: z.output<typeof auditQuery>): Promise<Page<AuditRow>> {
    const { entityType, entityId, ...list } = query;
    const where = [{ sql: 'a.entity_type = ? AND a.entity_id = ? AND a.brand_id = ?', params: [entityType, entityId, idIn(brandId)] }];
    return this.database.read((tx) => entries.page(tx, { query: list, where }));
  }
}

function fieldsOf(stored: unknown): Record<string, unknown> | null {
  return typeof stored === 'string' ? (JSON.parse(stored) as Record<string, unknown>) : null;
}
