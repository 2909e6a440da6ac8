import { applyProduct, type ProductState } from './product.rules';

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
