import type { ImportKind } from '@concentric/contracts';

const KINDS: [RegExp, ImportKind][] = [
  [/refund|退款/i, 'refunds'],
  [/product|sku|商品/i, 'products'],
  [/expense|cost|费用/i, 'expenses'],
  [/order|订单/i, 'orders'],
];

/** What a file probably holds, by its name; null when the name does not say. */
export function kindOf(name: string): ImportKind | null {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

export function formatOf(name: string): string {
  return /\.(ndjson|jsonl)(\.gz)?$/i.test(name) ? 'ndjson' : 'csv';
}

export function isGzip(name: string): boolean {
  return /\.gz$/i.test(name);
}
