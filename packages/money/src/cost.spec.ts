import { unitCostOn } from './cost';

const costs = new Map([
  ['2026-03-01', 6],
  ['0001-01-01', 5],
  ['2026-05-01', 0],
]);

describe('inv 7: what one piece cost', () => {
  it.each([
    ['2026-02-28', 5],
    ['2026-03-01', 6],
    ['2026-04-30', 6],
    ['2027-01-01', 0],
  ])('on %s is the newest that had begun', (date, cost) => {
    expect(unitCostOn(costs, date)).toBe(cost);
  });

  it('is unknown, not zero, where none had begun', () => {
    expect(unitCostOn(new Map([['2026-03-01', 6]]), '2026-02-28')).toBeNull();
    expect(unitCostOn(new Map(), '2026-02-28')).toBeNull();
  });
});
