import { payoutItemState, type PayoutItemState } from '@concentric/contracts';
import { itemIdOf, judge, returnsLast, type BankLine, type KnownLines, type NamedItem } from './bank-line.rules';
import { mayHappenToItem } from './payout-item.rules';

const line = (more: Partial<BankLine> = {}): BankLine => ({
  item: 'x',
  status: 'PAID',
  bankRef: 'R1',
  amountMinor: '12345',
  amount: null,
  bookedOn: '2026-02-03',
  reason: '',
  ...more,
});
const item = (state: PayoutItemState = 'SENT', more: Partial<NamedItem> = {}): NamedItem => ({
  state,
  currency: 'CNY',
  amountMinor: 12_345,
  halted: false,
  isOwn: false,
  ...more,
});
const nothing: KnownLines = { repeated: false, refTaken: false, waiting: false, maybePaid: false, closed: false };
const told = (verdict: ReturnType<typeof judge>) => `${verdict.match} ${verdict.state} ${verdict.action}`;

describe('a line of the bank', () => {
  const expected: Record<string, string> = {
    'SENT PAID': 'matched BOOKED pay',
    'SENT FAILED': 'matched BOOKED fail',
    'SENT PENDING': 'matched NOTED doubt',
    'UNKNOWN PAID': 'matched WAITING pay',
    'UNKNOWN FAILED': 'matched WAITING fail',
    'UNKNOWN PENDING': 'matched NOTED null',
    'PAID RETURNED': 'matched WAITING return',
  };
  it.each(payoutItemState.options.flatMap((state) => ['PAID', 'FAILED', 'RETURNED', 'PENDING'].map((status) => [state, status] as const)))(
    'inv 38: of an item that is %s, saying %s',
    (state, status) => {
      const verdict = judge(line({ status }), item(state), nothing);
      expect(told(verdict)).toBe(expected[`${state} ${status}`] ?? 'conflict NOTED null');
      if (verdict.action !== null) expect(mayHappenToItem(verdict.action, state)).toBe(true);
      if (verdict.match === 'conflict') expect(verdict.why).toContain(state);
      // What a line does nothing to, it says why.
      if (verdict.action === null) expect(verdict.why).not.toBe('');
    },
  );

  it.each<[string, BankLine, NamedItem | undefined, KnownLines, string, RegExp]>([
    [
      'that failed, of a halted account',
      line({ status: 'FAILED' }),
      item('SENT', { halted: true }),
      nothing,
      'matched WAITING fail',
      /halted/,
    ],
    [
      'that failed, of a partner of whoever takes it in',
      line({ status: 'FAILED' }),
      item('SENT', { isOwn: true }),
      nothing,
      'matched WAITING fail',
      /confirm/,
    ],
    ['and that is pending', line({ status: 'PENDING' }), item('SENT', { isOwn: true }), nothing, 'matched NOTED doubt', /^$/],
    ['paid, of a halted account', line(), item('SENT', { halted: true }), nothing, 'matched BOOKED pay', /^$/],
    ['of nobody', line(), undefined, nothing, 'unmatched NOTED null', /no payout item/],
    ['with a status nobody knows', line({ status: 'MAYBE' }), item(), nothing, 'unmatched NOTED null', /PAID, FAILED/],
    ['with another amount', line({ amountMinor: '12344' }), item(), nothing, 'conflict NOTED null', /12344.*12345/],
    ['without an amount', line({ amountMinor: null }), item(), nothing, 'conflict NOTED null', /no amount/],
    ['that failed without an amount', line({ amountMinor: null, status: 'FAILED' }), item(), nothing, 'matched BOOKED fail', /^$/],
    ['with both, saying the same', line({ amount: '123.45' }), item(), nothing, 'matched BOOKED pay', /^$/],
    ['with both, saying different things', line({ amount: '123.46' }), item(), nothing, 'conflict NOTED null', /differ/],
    ['with an amount in decimals', line({ amountMinor: null, amount: '123.45' }), item(), nothing, 'matched BOOKED pay', /^$/],
    [
      'with decimals that the currency has not',
      line({ amountMinor: null, amount: '123.45' }),
      item('SENT', { currency: 'JPY' }),
      nothing,
      'conflict NOTED null',
      /decimals/,
    ],
    ['with an amount that is none', line({ amountMinor: '1e3' }), item(), nothing, 'conflict NOTED null', /integer/],
    ['without a reference', line({ bankRef: '' }), item(), nothing, 'conflict NOTED null', /reference/],
    ['without a date', line({ bookedOn: 'soon' }), item(), nothing, 'conflict NOTED null', /date/],
    ['of a date that there is not', line({ bookedOn: '2026-99-99' }), item(), nothing, 'conflict NOTED null', /date/],
    ['of a day that the month has not', line({ bookedOn: '2026-02-30' }), item(), nothing, 'conflict NOTED null', /date/],
    ['of a moment instead of a date', line({ bookedOn: '2026-02-03T00:00' }), item(), nothing, 'conflict NOTED null', /date/],
    ['with a reference as long as may be', line({ bankRef: 'R'.repeat(64) }), item(), nothing, 'matched BOOKED pay', /^$/],
    ['with a reference that would be cut', line({ bankRef: 'R'.repeat(65) }), item(), nothing, 'conflict NOTED null', /longer than 64/],
    ['that came before', line(), item('PAID'), { ...nothing, repeated: true }, 'duplicate NOTED null', /before/],
    ['whose reference settled another', line(), item(), { ...nothing, refTaken: true }, 'conflict NOTED null', /settled something else/],
    [
      'that returns by the reference of the payment',
      line({ status: 'RETURNED' }),
      item('PAID'),
      { ...nothing, refTaken: true },
      'matched WAITING return',
      /PAID/,
    ],
    [
      'that failed, while another says it was paid',
      line({ status: 'FAILED' }),
      item('SENT'),
      { ...nothing, maybePaid: true },
      'matched WAITING fail',
      /was paid/,
    ],
    [
      'that contradicts again what somebody has found out',
      line(),
      item('FAILED'),
      { ...nothing, closed: true },
      'duplicate NOTED null',
      /before/,
    ],
    ['that can be true after all', line(), item('SENT'), { ...nothing, closed: true }, 'matched BOOKED pay', /^$/],
    ['while another one waits', line(), item('UNKNOWN'), { ...nothing, waiting: true }, 'conflict NOTED null', /waits/],
  ])('inv 21, 38: %s', (_, given, named, known, outcome, why) => {
    const verdict = judge(given, named, known);
    expect(told(verdict)).toBe(outcome);
    expect(verdict.why).toMatch(why);
  });

  it.each([
    ['0195f0c28e5b7a0194c1d2e3f4a5b6c7', '0195f0c2-8e5b-7a01-94c1-d2e3f4a5b6c7'],
    ['0195F0C2-8E5B-7A01-94C1-D2E3F4A5B6C7', '0195f0c2-8e5b-7a01-94c1-d2e3f4a5b6c7'],
    ['invoice 7', null],
  ])('names an item as %s', (text, id) => {
    expect(itemIdOf(text)).toBe(id);
  });

  it('judges what came back after all else of its file, and keeps the order otherwise', () => {
    const of = (...statuses: string[]) => returnsLast(statuses.map((status, n) => ({ n, line: line({ status }) }))).map(({ n }) => n);
    expect(of('RETURNED', 'PAID', 'RETURNED', 'FAILED')).toEqual([1, 3, 0, 2]);
    expect(of()).toEqual([]);
  });
});
