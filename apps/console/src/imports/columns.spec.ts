import { identityType } from '@concentric/contracts';
import { COLUMNS, IMPORT_KINDS, NETWORK_COLUMNS, takesChannel } from './columns';

describe('columns of an import', () => {
  it('offer every way to name a buyer', () => {
    const buyers = COLUMNS.orders.optional.filter((name) => name.startsWith('buyer.'));
    expect(buyers).toEqual(identityType.options.map((type) => `buyer.${type}`));
  });

  it('ask for a line of an order, and leave those of a refund open', () => {
    expect(COLUMNS.orders.required).toEqual(['channel', 'externalId', 'status', 'placedAt', 'line.sku', 'line.netMinor']);
    expect(COLUMNS.refunds.required).toEqual(['channel', 'externalId', 'occurredAt']);
    expect(COLUMNS.refunds.optional).toEqual(expect.arrayContaining(['line.lineNo', 'match.buyer.type', 'match.sku']));
  });

  it('name the columns of a network file', () => {
    expect(NETWORK_COLUMNS).toEqual({ required: ['code', 'type', 'name'], optional: ['parentCode', 'validFrom'] });
  });

  it('give products no channel', () => {
    expect(IMPORT_KINDS.filter(takesChannel)).toEqual(['orders', 'refunds', 'expenses']);
  });
});
