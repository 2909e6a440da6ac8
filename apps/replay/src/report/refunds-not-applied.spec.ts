import { notApplied } from './refunds-not-applied';

const refund = { channel: 'shop', externalId: 'R1', state: 'held' as const, holdReason: 'no_match', orderExternalId: null };

describe('refunds that were taken in and not applied', () => {
  it.each([
    ['finds no line of its buyer', refund, 'buyer', 'refund_not_matched'],
    [
      'still waits for its order',
      { ...refund, state: 'waiting' as const, holdReason: null, orderExternalId: 'A1' },
      'order',
      'refund_without_order',
    ],
    [
      'does not fit the order that it waited for',
      { ...refund, holdReason: 'refund_exceeds', orderExternalId: 'A1' },
      'order',
      'refund_exceeds',
    ],
  ])('says why one is listed that %s', (_what, row, field, code) => {
    expect(notApplied(row)).toMatchObject({ kind: 'refunds', channel: 'shop', externalId: 'R1', errors: [{ field, code }] });
  });
});
