import { Injectable } from '@nestjs/common';
import {
  Clock,
  Database,
  KeysetList,
  idIn,
  idOut,
  idOutOrNull,
  int,
  partnerScopeSql,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
  type Tx,
} from '@concentric/service-kit';
import type { PartnerType, partnerDetail, partnerQuery, partnerRow, partnerTree } from '@concentric/contracts';
import type { z } from 'zod';
import { unknownPartner } from './partner.errors';

type PartnerRow = z.infer<typeof partnerRow>;

const partners = new KeysetList<PartnerRow>({
  select: `SELECT p.partner_id, p.code, p.type, p.name, e.parent_id, pp.code AS parent_code, pp.name AS parent_name
             FROM partner p LEFT JOIN channel_edge e ON e.child_id = p.partner_id AND e.valid_to IS NULL LEFT JOIN partner pp ON pp.partner_id = e.parent_id`,
  sorts: { code: { column: 'p.code', type: 'text', notNull: true }, name: { column: 'p.name', type: 'text', notNull: true } },
  defaultSort: 'code',
  key: 'p.partner_id',
  row: toRow,
});

/** Reads partners as an operator may see them. */
@Injectable()
export class PartnerRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(brandId: string, query: z.output<typeof partnerQuery>, operator: Operator) {
    const where: SqlFragment[] = [{ sql: 'p.brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'p.partner_id')];
    if (query.type) where.push({ sql: 'p.type = ?', params: [query.type] });
    if (query.parentId) where.push({ sql: 'e.parent_id = ?', params: [idIn(query.parentId)] });
    if (query.q)
      where.push({
        sql: "(p.code LIKE ? ESCAPE '!' OR p.name LIKE ? ESCAPE '!')",
        params: [`${escaped(query.q)}%`, `%${escaped(query.q)}%`],
      });
    return this.database.read((tx) => partners.page(tx, { query: query as ListQuery, where }));
  }

  /** One partner with its chain and children as of now, its history and balances. */
  async detail(brandId: string, partnerId: string, operator: Operator, currency: string): Promise<z.infer<typeof partnerDetail>> {
    return this.database.read(async (tx) => {
      const { data } = await partners.page(tx, {
        query: { limit: 1 },
        where: [
          { sql: 'p.brand_id = ? AND p.partner_id = ?', params: [idIn(brandId), idIn(partnerId)] },
          partnerScopeSql(operator, 'p.partner_id'),
        ],
      });
      const row = data[0];
      if (!row) throw unknownPartner(partnerId);
      const counted: { n: unknown }[] = await tx.query('SELECT COUNT(*) AS n FROM channel_edge WHERE parent_id = ? AND valid_to IS NULL', [
        idIn(partnerId),
      ]);
      return {
        ...row,
        chain: await this.chain(tx, row.parentId),
        history: await this.history(tx, partnerId),
        children: int(counted[0]!.n),
        balances: await this.balances(tx, partnerId, currency),
      };
    });
  }

  /** The partners directly under a partner (or under the brand) at a moment, with how many stood below each. */
  async tree(
    brandId: string,
    parentId: string | undefined,
    asOf: number | undefined,
    operator: Operator,
  ): Promise<z.infer<typeof partnerTree>> {
    const at = asOf ?? this.clock.now();
    const scope = partnerScopeSql(operator, 'p.partner_id', at);
    // Somebody who may see one subtree only begins at its top.
    const top = parentId ?? (operator.scope.kind === 'partner' ? null : undefined);
    const under: SqlFragment =
      top === null && operator.scope.kind === 'partner'
        ? { sql: 'p.partner_id = ?', params: [idIn(operator.scope.partnerId)] }
        : parentId
          ? { sql: 'e.parent_id = ?', params: [idIn(parentId)] }
          : { sql: 'e.parent_id IS NULL', params: [] };
    const rows: Record<string, unknown>[] = await this.database.read((tx) =>
      tx.query(
        `SELECT p.partner_id, p.code, p.type, p.name,
                (SELECT COUNT(*) FROM channel_edge c WHERE c.parent_id = p.partner_id AND c.valid_from <= ? AND (c.valid_to IS NULL OR c.valid_to > ?)) AS children
           FROM partner p JOIN channel_edge e ON e.child_id = p.partner_id AND e.valid_from <= ? AND (e.valid_to IS NULL OR e.valid_to > ?)
          WHERE p.brand_id = ? AND ${under.sql} AND ${scope.sql} ORDER BY p.code LIMIT 2000`,
        [at, at, at, at, idIn(brandId), ...under.params, ...scope.params],
      ),
    );
    return {
      asOf: iso(at),
      data: rows.map((row) => ({
        id: idOut(row.partner_id as Buffer),
        code: row.code as string,
        type: row.type as PartnerType,
        name: row.name as string,
        children: int(row.children),
      })),
    };
  }

  private async chain(tx: Tx, parentId: string | null): Promise<z.infer<typeof partnerDetail>['chain']> {
    const chain: z.infer<typeof partnerDetail>['chain'] = [];
    for (let next = parentId; next !== null && chain.length < 32;) {
      const rows: Record<string, unknown>[] = await tx.query(
        'SELECT p.code, p.type, p.name, e.parent_id FROM partner p LEFT JOIN channel_edge e ON e.child_id = p.partner_id AND e.valid_to IS NULL WHERE p.partner_id = ?',
        [idIn(next)],
      );
      const row = rows[0];
      if (!row) break;
      chain.push({ id: next, code: row.code as string, type: row.type as PartnerType, name: row.name as string });
      next = idOutOrNull(row.parent_id as Buffer | null);
    }
    return chain;
  }

  private async history(tx: Tx, partnerId: string): Promise<z.infer<typeof partnerDetail>['history']> {
    const rows: Record<string, unknown>[] = await tx.query(
      'SELECT e.parent_id, p.name, e.valid_from, e.valid_to FROM channel_edge e LEFT JOIN partner p ON p.partner_id = e.parent_id WHERE e.child_id = ? ORDER BY e.valid_from',
      [idIn(partnerId)],
    );
    return rows.map((row) => {
      return {
        parentId: idOutOrNull(row.parent_id as Buffer | null),
        parentName: (row.name as string | null) ?? null,
        validFrom: iso(row.valid_from),
        validTo: isoOrNull(row.valid_to),
      };
    });
  }

  private async balances(tx: Tx, partnerId: string, currency: string): Promise<z.infer<typeof partnerDetail>['balances']> {
    const rows: { type: string; balance_minor: unknown }[] = await tx.query(
      'SELECT a.type, b.balance_minor FROM ledger_account a JOIN account_balance b ON b.account_id = a.account_id WHERE a.partner_id = ? AND a.currency = ?',
      [idIn(partnerId), currency],
    );
    // Credits are negative in the books; what is owed to a partner is shown to it as positive.
    const owed = (type: string) => rows.filter((row) => row.type === type).reduce((sum, row) => sum - int(row.balance_minor), 0) || 0;
    return { currency, pendingMinor: owed('pending'), payableMinor: owed('payable') };
  }
}

function toRow(raw: Record<string, unknown>): PartnerRow {
  return {
    id: idOut(raw.partner_id as Buffer),
    code: raw.code as string,
    type: raw.type as PartnerType,
    name: raw.name as string,
    parentId: idOutOrNull(raw.parent_id as Buffer | null),
    parentCode: (raw.parent_code as string | null) ?? null,
    parentName: (raw.parent_name as string | null) ?? null,
  };
}

function escaped(text: string): string {
  return text.replace(/[!%_]/g, (character) => `!${character}`);
}
