import { Injectable } from '@nestjs/common';
import {
  Database,
  KeysetList,
  idIn,
  idOut,
  idOutOrNull,
  partnerScopeSql,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
} from '@concentric/service-kit';
import type { bindingQuery, bindingRow } from '@concentric/contracts';
import type { z } from 'zod';

type BindingRow = z.infer<typeof bindingRow>;

const bindings = new KeysetList<BindingRow>({
  select: `SELECT b.binding_id, b.customer_id, b.partner_id, p.code, p.name, b.valid_from, b.valid_to, b.reason, b.end_reason, b.order_id FROM binding b LEFT JOIN partner p ON p.partner_id = b.partner_id`,
  sorts: { validFrom: { column: 'b.valid_from', type: 'int', notNull: true } },
  defaultSort: '-validFrom',
  key: 'b.binding_id',
  row: (raw) => ({
    id: idOut(raw.binding_id as Buffer),
    customerId: idOut(raw.customer_id as Buffer),
    partnerId: idOut(raw.partner_id as Buffer),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    validFrom: iso(raw.valid_from),
    validTo: isoOrNull(raw.valid_to),
    reason: raw.reason as string,
    endReason: (raw.end_reason as string | null) ?? null,
    orderId: idOutOrNull(raw.order_id as Buffer | null),
  }),
});

@Injectable()
export class BindingListRepository {
  constructor(private readonly database: Database) {}

  /** A page of bindings, as far as the operator may see their partners. */
  list(brandId: string, query: z.output<typeof bindingQuery>, operator: Operator) {
    const where: SqlFragment[] = [{ sql: 'b.brand_id = ?', params: [idIn(brandId)] }, partnerScopeSql(operator, 'b.partner_id')];
    if (query.customerId) where.push({ sql: 'b.customer_id = ?', params: [idIn(query.customerId)] });
    if (query.partnerId) where.push({ sql: 'b.partner_id = ?', params: [idIn(query.partnerId)] });
    return this.database.read((tx) => bindings.page(tx, { query: query as ListQuery, where }));
  }
}
