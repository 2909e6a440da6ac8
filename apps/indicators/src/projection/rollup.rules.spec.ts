import { MEMBER_DAILY, Rollup, SALES_DAILY } from './rollup.rules';

describe('rollup', () => {
  it('adds up what has the same key and keeps the rest apart, in order of keys', () => {
    const rollup = new Rollup(SALES_DAILY);
    rollup.add(['b', '2026-01-02', 'till', 's', 'CNY'], [2], { orders: 1, paid_minor: 100 });
    rollup.add(['b', '2026-01-01', 'till', 's', 'CNY'], [1], { paid_minor: 5 });
    rollup.add(['b', '2026-01-02', 'till', 's', 'CNY'], [2], { orders: 1, commissionable_minor: 7 });
    expect(rollup.rows()).toEqual([
      { key: ['b', '2026-01-01', 'till', 's', 'CNY'], derived: [1], sums: [0, 5, 0, 0] },
      { key: ['b', '2026-01-02', 'till', 's', 'CNY'], derived: [2], sums: [2, 100, 7, 0] },
    ]);
  });

  it('refuses a sum that is no longer exact', () => {
    const rollup = new Rollup(MEMBER_DAILY);
    rollup.add(['b', '2026-01-01', 'purchase'], [], { registered: Number.MAX_SAFE_INTEGER });
    expect(() => rollup.add(['b', '2026-01-01', 'purchase'], [], { registered: 1 })).toThrow(RangeError);
  });
});
