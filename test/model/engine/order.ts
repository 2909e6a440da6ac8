export interface Line {
  lineNo: number;
  sku: string;
  net: bigint;
  cost: bigint | null;
  quantity: bigint;
  category: string | null;
  store: string | null;
  guide: string | null;
  leader: string | null;
}

export interface Order {
  externalId: string;
  channel: string;
  customer: string | null;
  /** People who, as the order shows, are that customer. */
  merged: string[];
  at: number;
  paidAt: number;
  lines: Line[];
}

export interface Refund {
  refundId: string;
  order: Order;
  at: number;
  amounts: { lineNo: number; amount: bigint }[];
}
