import type { ImportKind } from '@concentric/contracts';

interface Columns {
  required: readonly string[];
  optional: readonly string[];
}

/** The columns that the import of commerce knows, as it names them. A header with any other is refused whole. */
export const COLUMNS: Readonly<Record<ImportKind, Columns>> = {
  orders: {
    required: ['channel', 'externalId', 'status', 'placedAt', 'line.sku', 'line.netMinor'],
    optional: [
      'paidAt',
      'cancelledAt',
      'currency',
      'buyer.phone',
      'buyer.email',
      'buyer.wechat_openid',
      'buyer.wechat_unionid',
      'buyer.wecom_external',
      'buyer.marketplace_buyer',
      'buyer.card',
      'buyer.external',
      'storeCode',
      'guideCode',
      'leaderCode',
      'touchpoint',
      'fulfilmentMinor',
      'line.lineNo',
      'line.category',
      'line.quantity',
      'line.costMinor',
      'line.storeCode',
      'line.guideCode',
    ],
  },
  refunds: {
    required: ['channel', 'externalId', 'occurredAt'],
    optional: [
      'orderExternalId',
      'amountMinor',
      'reason',
      'match.buyer.type',
      'match.buyer.value',
      'match.sku',
      'line.lineNo',
      'line.amountMinor',
    ],
  },
  products: { required: ['sku', 'name'], optional: ['category', 'unitCostMinor', 'costFrom'] },
  expenses: {
    required: ['externalId', 'occurredAt', 'class', 'purpose', 'amountMinor'],
    optional: ['currency', 'channel', 'touchpoint'],
  },
};

export const IMPORT_KINDS = Object.keys(COLUMNS) as ImportKind[];
