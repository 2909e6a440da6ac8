import type { ExpenseInput, OrderInput, PartnerInput, ProductInput, RefundInput } from '@concentric/contracts';

/** What happened on one business date, each list in the order of time. A big day may come in several pieces, one after the other. */
export interface Day {
  readonly businessDate: string;
  readonly products: readonly ProductInput[];
  readonly partners: readonly PartnerInput[];
  readonly orders: readonly OrderInput[];
  readonly refunds: readonly RefundInput[];
  readonly expenses: readonly ExpenseInput[];
}

export function emptyDay(businessDate: string): Day {
  return { businessDate, products: [], partners: [], orders: [], refunds: [], expenses: [] };
}
