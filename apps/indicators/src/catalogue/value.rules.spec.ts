import { commissionRate, intervalsOf, isDate, joined, netSales } from './value.rules';

const year = { label: '', from: '2026-01-01', to: '2027-01-01' };
const rate = (parts: Record<string, number>) => commissionRate(year, { facts: 1, parts });

describe('indicator values', () => {
  it('gives null with a reason where there is no data, never zero', () => {
    expect(netSales(year, undefined)).toMatchObject({ value: null, reason: 'no_data' });
    expect(commissionRate(year, undefined)).toMatchObject({ value: null, reason: 'zero_denominator', denominator: 0 });
    expect(rate({ commissionableMinor: 500, commissionableRefundedMinor: 500 })).toMatchObject({
      value: null,
      reason: 'zero_denominator',
    });
  });

  it('counts net sales as paid less refunded, also below zero', () => {
    const row = netSales(year, { facts: 2, parts: { paidMinor: 100, refundedMinor: 130 } });
    expect(row).toMatchObject({ value: -30, reason: null, numerator: -30, denominator: null });
  });

  it('does not know a rate while nothing has matured', () => {
    expect(rate({ commissionableMinor: 1_000, earnedMinor: 50 })).toMatchObject({
      value: null,
      reason: 'immature',
      numerator: 0,
      denominator: 1_000,
    });
  });

  it('shows what is pending beside a rate of which a part has matured', () => {
    const row = rate({ commissionableMinor: 1_000, earnedMinor: 70, maturedMinor: 50 });
    expect(row).toMatchObject({ value: 0.05, numerator: 50, denominator: 1_000, parts: { pendingMinor: 20 } });
  });

  it('takes back from the rate what was reversed after maturity, once', () => {
    const row = rate({
      commissionableMinor: 1_000,
      commissionableRefundedMinor: 200,
      earnedMinor: 50,
      maturedMinor: 50,
      reversedMinor: 10,
      maturedReversedMinor: 10,
    });
    expect(row).toMatchObject({ value: 0.05, numerator: 40, denominator: 800, parts: { pendingMinor: 0 } });
  });

  it('is zero, not unknown, where nobody was promised anything', () => {
    expect(rate({ commissionableMinor: 1_000, earnedMinor: 0 })).toMatchObject({ value: 0, reason: null });
  });

  it('cuts first and last month to size and knows leap days', () => {
    expect(intervalsOf('2024-01-15', '2024-03-02', 'month').map(({ label, from, to }) => [label, from, to])).toEqual([
      ['2024-01', '2024-01-15', '2024-02-01'],
      ['2024-02', '2024-02-01', '2024-03-01'],
      ['2024-03', '2024-03-01', '2024-03-02'],
    ]);
    expect(intervalsOf('2024-02-28', '2024-03-02', 'day').map(({ label }) => label)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(intervalsOf('2025-12-31', '2026-01-02', 'month').map(({ label }) => label)).toEqual(['2025-12', '2026-01']);
    expect([isDate('2026-02-30'), isDate('2024-02-29')]).toEqual([false, true]);
  });

  it('joins what several sources know of an interval', () => {
    const sales = new Map([['2026-01', { facts: 1, parts: { paidMinor: 5 } }]]);
    const refunds = new Map([
      ['2026-01', { facts: 2, parts: { refundedMinor: 3 } }],
      ['2026-02', { facts: 1, parts: { refundedMinor: 1 } }],
    ]);
    expect(joined([sales, refunds])).toEqual(
      new Map([
        ['2026-01', { facts: 3, parts: { paidMinor: 5, refundedMinor: 3 } }],
        ['2026-02', { facts: 1, parts: { refundedMinor: 1 } }],
      ]),
    );
  });
});
