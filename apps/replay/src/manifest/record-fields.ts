/** Kinds of record that a file may hold. */
export const recordKinds = ['links', 'products', 'partners', 'orders', 'order-lines', 'refunds', 'expenses'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What links connect: an id in the files with the id we should use. */
export const linkKinds = ['buyer', 'order-buyer', 'order-store', 'order-guide', 'order-leader', 'parent', 'category'] as const;
export type LinkKind = (typeof linkKinds)[number];

const ORDER = ['channel', 'currency', 'status', 'paidAt', 'cancelledAt', 'store', 'guide', 'leader', 'touchpoint', 'fulfilment'];
const LINE = ['line', 'sku', 'category', 'quantity', 'unitPrice', 'amount', 'discount', 'cost', 'unitCost'];

interface Fields {
  /** At least one of each list must be mapped or constant. */
  readonly needs: readonly (readonly string[])[];
  readonly may: readonly string[];
}

/** Our fields by kind of record. `buyer` is the customer's own id of a person; `buyer.phone` and the like are further identities. */
export const recordFields: Readonly<Record<RecordKind, Fields>> = {
  links: { needs: [['from'], ['to']], may: ['validFrom', 'type', 'parentType'] },
  products: { needs: [['sku']], may: ['name', 'category', 'unitCost', 'costFrom'] },
  partners: { needs: [['code'], ['type']], may: ['name', 'parent', 'parentType', 'validFrom'] },
  orders: { needs: [['placedAt']], may: ['order', ...ORDER, ...LINE] },
  'order-lines': { needs: [['order'], ['amount', 'unitPrice']], may: ['placedAt', ...ORDER, ...LINE] },
  refunds: {
    needs: [['occurredAt']],
    may: ['refund', 'channel', 'currency', 'order', 'line', 'sku', 'amount', 'unitPrice', 'quantity', 'reason'],
  },
  expenses: { needs: [['occurredAt'], ['class'], ['purpose'], ['amount']], may: ['expense', 'currency', 'channel', 'touchpoint'] },
};

/** Kinds whose records may name a buyer. */
export const kindsWithBuyer: readonly RecordKind[] = ['orders', 'order-lines', 'refunds'];
/** Fields whose texts may be translated by a value map although they are not of a closed set. */
export const identityTypes = [
  'phone',
  'email',
  'wechat_openid',
  'wechat_unionid',
  'wecom_external',
  'marketplace_buyer',
  'card',
  'external',
];
