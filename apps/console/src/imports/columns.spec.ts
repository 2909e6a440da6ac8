import { identityType, importKind } from '@concentric/contracts';
import { COLUMNS, IMPORT_KINDS } from './columns';

describe('columns of an import', () => {
  it('are told for every kind', () => {
    expect([...IMPORT_KINDS].sort()).toEqual([...importKind.options].sort());
  });

  it('offer every way to name a buyer', () => {
    const buyers = COLUMNS.orders.optional.filter((name) => name.startsWith('buyer.'));
    expect(buyers).toEqual(identityType.options.map((type) => `buyer.${type}`));
  });

  it('name each column once', () => {
    for (const { required, optional } of Object.values(COLUMNS)) {
      const names = [...required, ...optional];
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
