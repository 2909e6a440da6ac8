import type { PurchaseAttributed } from '@concentric/contracts';
import { costsOfLines, orderOf, relearnt, withCosts } from './order-cost.rules';

const lines = [
  { lineNo: 1, sku: 'tea', quantity: 3, costMinor: null },
  { lineNo: 2, sku: 'tea', quantity: 1, costMinor: 7 },
  { lineNo: 3, sku: 'cup', quantity: 2, costMinor: null },
];
const order = { businessDate: '2026-03-01', lines } as PurchaseAttributed;
const costs = (unit: number, from = '2026-03-01') => new Map([[from, unit]]);

describe('inv 7: an order that came without cost', () => {
  it('is given it for the lines of one product that have none, as of its date', () => {
    expect(costsOfLines(order, 'tea', costs(5))).toEqual([{ lineNo: 1, costMinor: 15 }]);
    expect(costsOfLines(order, 'tea', costs(0))).toEqual([{ lineNo: 1, costMinor: 0 }]);
    expect(costsOfLines(order, 'tea', costs(5, '2026-03-02'))).toEqual([]);
  });

  it('is given none that cannot be kept exactly', () => {
    expect(costsOfLines(order, 'tea', costs(Number.MAX_SAFE_INTEGER))).toEqual([]);
  });

  it('keeps what it came with, whatever is given', () => {
    const given = [
      { lineNo: 1, costMinor: 15 },
      { lineNo: 2, costMinor: 8 },
    ];
    expect(withCosts(order, given).lines.map(({ costMinor }) => costMinor)).toEqual([15, 7, null]);
    expect(withCosts(order, [])).toBe(order);
    const body = JSON.stringify(order);
    expect(orderOf({ body, costs: JSON.stringify(given) })).toEqual({ data: withCosts(order, given), given });
    expect(orderOf({ body, costs: null })).toEqual({ data: order, given: [] });
  });

  it('is told anew what the lines cost that were given it, and no others', () => {
    const given = [
      { lineNo: 1, costMinor: 15 },
      { lineNo: 3, costMinor: 4 },
    ];
    const known = new Map([['tea', costs(6)]]);
    expect(relearnt(withCosts(order, given), given, known).lines.map(({ costMinor }) => costMinor)).toEqual([18, 7, 4]);
    const other = relearnt(withCosts(order, [given[1]!]), [given[1]!], known);
    expect(other.lines.map(({ costMinor }) => costMinor)).toEqual([null, 7, 4]);
  });
});
