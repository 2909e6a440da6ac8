import fc from 'fast-check';
import { check, magnitude } from '../../test/property';
import {
  accrual,
  adjustment,
  assertBalanced,
  bankPaid,
  bankReturn,
  HOUSE,
  maturity,
  payout,
  reversal,
  withholding,
  writeOff,
  type AccountType,
  type Entry,
  type Posting,
} from './posting.rules';

const posting = (entries: Entry[]): Posting => ({
  idem: 'x',
  kind: 'accrue',
  brandId: 'b',
  currency: 'CNY',
  periodId: '2026-01',
  refId: 'r',
  effectiveAt: 0,
  entries,
});
const sum = (entries: readonly Entry[]) => entries.reduce((total, entry) => total + BigInt(entry.amountMinor), 0n);
const of = (entries: readonly Entry[], type: Entry['type'], ownerId?: string) =>
  Number(sum(entries.filter((entry) => entry.type === type && (ownerId === undefined || entry.ownerId === ownerId))));
const partner = fc.constantFrom('p', 'q');
const share = fc.record({ partnerId: partner, amountMinor: magnitude(1_000_000_000), lineId: fc.uuid() });
const taken = fc.record({
  partnerId: partner,
  amountMinor: magnitude(1_000_000_000),
  lineId: fc.uuid(),
  against: fc.constantFrom('pending' as const, 'payable' as const),
});

describe('postings', () => {
  it('inv 22: an accrual charges the house what it owes the partners', () => {
    check([fc.array(share, { maxLength: 6 })], (shares) => {
      const entries = accrual(shares, '2026-01');
      if (shares.every(({ amountMinor }) => amountMinor === 0)) return expect(entries).toBeNull();
      assertBalanced(posting(entries!));
      for (const owner of ['p', 'q'])
        expect(-of(entries!, 'pending', owner)).toBe(
          shares.filter(({ partnerId }) => partnerId === owner).reduce((total, one) => total + one.amountMinor, 0) || -0,
        );
      expect(entries!.filter(({ ownerId }) => ownerId === HOUSE)).toHaveLength(1);
    });
  });

  it('inv 22: a reversal gives the house back what it takes from where the line stood', () => {
    check([fc.array(taken, { maxLength: 6 })], (list) => {
      const entries = reversal(list, '2026-01');
      if (list.every(({ amountMinor }) => amountMinor === 0)) return expect(entries).toBeNull();
      assertBalanced(posting(entries!));
      for (const against of ['pending', 'payable'] as const)
        expect(of(entries!, against)).toBe(
          list.filter((one) => one.against === against).reduce((total, one) => total + one.amountMinor, 0),
        );
    });
  });

  it('inv 22: maturity only moves from pending to payable, per origin', () => {
    check(
      [
        fc.array(fc.record({ originPeriod: fc.constantFrom('2026-01', '2026-02'), amountMinor: magnitude(1_000_000_000) }), {
          maxLength: 4,
        }),
      ],
      (origins) => {
        const entries = maturity('p', origins);
        if (origins.every(({ amountMinor }) => amountMinor === 0)) return expect(entries).toBeNull();
        assertBalanced(posting(entries!));
        for (const period of ['2026-01', '2026-02']) expect(sum(entries!.filter(({ originPeriod }) => originPeriod === period))).toBe(0n);
        expect(of(entries!, 'pending')).toBe(-of(entries!, 'payable'));
      },
    );
  });

  const signed = fc
    .tuple(magnitude(1_000_000_000), fc.boolean())
    .map(([amount, negative]) => (negative ? -Math.max(1, amount) : Math.max(1, amount)));
  it.each<[string, AccountType, (amount: number) => Entry[], 1 | -1]>([
    [
      'an adjustment owes a partner what the house spends',
      'expense',
      (amountMinor) => adjustment({ partnerId: 'p', amountMinor, originPeriod: '2026-01', lineId: null }),
      1,
    ],
    ['a write-off makes a balance smaller', 'write-off', (amount) => writeOff('p', amount, '2026-01'), -1],
    ['a payout goes to clearing, a failed one comes back', 'clearing', (amount) => payout('p', amount, '2026-01'), -1],
    ['tax is kept back, and given back', 'withheld', (amount) => withholding('p', amount, '2026-01'), -1],
    ['what the bank returns is owed again', 'cash', (amount) => bankReturn('p', amount, '2026-01'), 1],
  ])('inv 22: %s', (_, house, entriesOf, sign) => {
    check([signed], (amount) => {
      const entries = entriesOf(amount);
      assertBalanced(posting(entries));
      expect(-of(entries, 'payable', 'p')).toBe(sign * amount);
      expect(of(entries, house, HOUSE)).toBe(sign * amount);
    });
  });

  it('inv 22: what the bank has paid leaves clearing for cash', () => {
    const entries = bankPaid(5, '2026-01');
    assertBalanced(posting(entries));
    expect([of(entries, 'clearing'), of(entries, 'cash')]).toEqual([5, -5]);
  });

  it.each<[string, number[]]>([
    ['no entries', []],
    ['one entry', [1]],
    ['entries that do not sum to zero', [1, -2]],
    ['an entry of nothing', [1, -1, 0]],
  ])('inv 22: refuses %s', (_, amounts) => {
    expect(() =>
      assertBalanced(
        posting(amounts.map((amountMinor) => ({ ownerId: 'p', type: 'pending', amountMinor, originPeriod: '2026-01', lineId: null }))),
      ),
    ).toThrow(/does not balance/);
  });
});
