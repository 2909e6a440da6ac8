import { applyProduct, unitCostOn, type ProductState } from './product.rules';

const known: ProductState = {
  sku: 'tea',
  name: 'Tea',
  category: 'drinks',
  costs: new Map([
    ['0001-01-01', 5],
    ['2026-03-01', 6],
  ]),
};

describe('the cost of a product', () => {
  it.each([
    ['2026-02-28', 5],
    ['2026-03-01', 6],
    ['2027-01-01', 6],
  ])('on %s is the newest that had begun', (date, cost) => {
    expect(unitCostOn(known, date)).toBe(cost);
  });

  it('is unknown, not zero, where none had begun', () => {
    expect(unitCostOn({ ...known, costs: new Map([['2026-03-01', 6]]) }, '2026-02-28')).toBeNull();
    expect(unitCostOn(undefined, '2026-02-28')).toBeNull();
  });

  it('is added under its date and never overwritten', () => {
    expect(applyProduct(known, { sku: 'tea', name: 'Tea', unitCostMinor: 7, costFrom: '2026-04-01' })).toMatchObject({
      changed: false,
      addedCost: { from: '2026-04-01', unitCostMinor: 7 },
    });
    expect(applyProduct(known, { sku: 'tea', name: 'Tea', unitCostMinor: 7, costFrom: '2026-03-01' })).toMatchObject([
      { code: 'cost_changed' },
    ]);
    expect(applyProduct(known, { sku: 'tea', name: 'Tea', unitCostMinor: 5 })).toMatchObject({ changed: false, addedCost: null });
  });
});
