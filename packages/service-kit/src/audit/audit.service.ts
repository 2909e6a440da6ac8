import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock';
import type { Tx } from '../database/database';
import { idIn, idInOrNull, newId } from '../database/ids';
import { insertRows } from '../database/rows';
import { correlation } from '../observability/correlation';

/** One thing somebody did. Personal data in it is masked or left out: the log is read by more people than the data. */
export interface AuditEntry {
  /** Operator id, or the name of the service or job that acted by itself. */
  actorId: string;
  /** Past tense, `<noun>.<verb>`: `statement.approved`. */
  action: string;
  entityType: string;
  entityId: string;
  brandId?: string;
  /** States, when the action moved the entity between two. */
  from?: string;
  to?: string;
  reason?: string;
  /** Changed fields only. */
  before?: object;
  after?: object;
}

const columns = [
  'id',
  'at',
  'brand_id',
  'actor_id',
  'action',
  'entity_type',
  'entity_id',
  'from_state',
  'to_state',
  'reason',
  'before_value',
  'after_value',
  'correlation_id',
] as const;

/** Writes the append-only audit log in the transaction of what it records: both or neither. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  /** Records one or several entries under the correlation id of the work at hand. */
  async record(tx: Tx, entries: AuditEntry | readonly AuditEntry[]): Promise<void> {
    const list: readonly AuditEntry[] = 'actorId' in entries ? [entries] : entries;
    const correlationId = correlation.current()?.correlationId ?? 'none';
    const rows = list.map((entry) => [
      idIn(newId(this.clock)),
      this.clock.now(),
      idInOrNull(entry.brandId),
      entry.actorId,
      entry.action,
      entry.entityType,
      entry.entityId,
      entry.from ?? null,
      entry.to ?? null,
      entry.reason?.slice(0, 500) ?? null,
      entry.before === undefined ? null : JSON.stringify(entry.before),
      entry.after === undefined ? null : JSON.stringify(entry.after),
      correlationId,
    ]);
    await insertRows(tx, 'audit_log', columns, rows);
  }
}
