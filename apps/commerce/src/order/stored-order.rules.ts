import type { OrderStatus, SealedIdentity } from '@concentric/contracts';
import { idOut, int, intOrNull } from '@concentric/service-kit';

/** An order line as it is kept. Amounts in minor units. */
export interface StoredLine {
  lineNo: number;
  sku: string;
  category: string | null;
  quantity: number;
  netMinor: number;
  costMinor: number | null;
  refundedMinor: number;
  storeCode: string | null;
  guideCode: string | null;
}

/** An order as it is kept; lines are loaded where they are needed. Instants in epoch ms. */
export interface StoredOrder {
  orderId: string;
  brandId: string;
  channel: string;
  externalId: string;
  status: OrderStatus;
  frozenHash: Buffer;
  placedAt: number;
  /** Set exactly when the order has been published as paid. */
  paidAt: number | null;
  cancelledAt: number | null;
  businessDate: string;
  period: string;
  currency: string;
  buyer: SealedIdentity[];
  storeCode: string | null;
  guideCode: string | null;
  leaderCode: string | null;
  touchpoint: string | null;
  fulfilmentMinor: number | null;
  netMinor: number;
  refundedMinor: number;
  lines: StoredLine[];
}

/** A row of `order_header` as the drivers hand it over. */
export interface RawOrder {
  order_id: Uint8Array;
  brand_id: Uint8Array;
  channel: string;
  external_id: string;
  status: OrderStatus;
  frozen_hash: Uint8Array;
  placed_at: unknown;
  paid_at: unknown;
  cancelled_at: unknown;
  business_date: string;
  period: string;
  currency: string;
  buyer: unknown;
  store_code: string | null;
  guide_code: string | null;
  leader_code: string | null;
  touchpoint: string | null;
  fulfilment_minor: unknown;
  net_minor: unknown;
  refunded_minor: unknown;
}

/** A row of `order_line` as the drivers hand it over. */
export interface RawLine {
  order_id: Uint8Array;
  line_no: unknown;
  sku: string;
  category: string | null;
  quantity: unknown;
  net_minor: unknown;
  cost_minor: unknown;
  refunded_minor: unknown;
  store_code: string | null;
  guide_code: string | null;
}

/** Reads an order from its row; without lines. */
export function toOrder(row: RawOrder): StoredOrder {
  return {
    orderId: idOut(row.order_id),
    brandId: idOut(row.brand_id),
    channel: row.channel,
    externalId: row.external_id,
    status: row.status,
    frozenHash: Buffer.from(row.frozen_hash),
    placedAt: int(row.placed_at),
    paidAt: intOrNull(row.paid_at),
    cancelledAt: intOrNull(row.cancelled_at),
    businessDate: row.business_date,
    period: row.period,
    currency: row.currency,
    buyer: readBuyer(row.buyer),
    storeCode: row.store_code,
    guideCode: row.guide_code,
    leaderCode: row.leader_code,
    touchpoint: row.touchpoint,
    fulfilmentMinor: intOrNull(row.fulfilment_minor),
    netMinor: int(row.net_minor),
    refundedMinor: int(row.refunded_minor),
    lines: [],
  };
}

/** Reads an order line from its row. */
export function toLine(row: RawLine): StoredLine {
  return {
    lineNo: int(row.line_no),
    sku: row.sku,
    category: row.category,
    quantity: int(row.quantity),
    netMinor: int(row.net_minor),
    costMinor: intOrNull(row.cost_minor),
    refundedMinor: int(row.refunded_minor),
    storeCode: row.store_code,
    guideCode: row.guide_code,
  };
}

/** MySQL hands JSON columns over parsed, MariaDB and SQLite as text. */
function readBuyer(value: unknown): SealedIdentity[] {
  if (value === null || value === undefined) return [];
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(parsed) ? parsed : [];
}
