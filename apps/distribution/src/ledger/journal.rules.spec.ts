import { journalHead, journalText, type JournalTransaction } from './journal.rules';

const transaction = (entries: JournalTransaction['entries']): JournalTransaction => ({
  txnId: 't',
  kind: 'accrue',
  date: '2026-01-31',
  periodId: '2026-02',
  refId: 'r',
  entries,
});

describe('the journal', () => {
  it('says how to read its amounts', () => {
    expect(journalHead('tea')).toMatch(/^; .*tea.*\ndecimal-mark \.\n$/);
  });

  it('writes a transaction with exact amounts, its dates and what it is for', () => {
    const text = journalText(
      transaction([
        { type: 'expense', partnerCode: null, currency: 'CNY', amountMinor: 1_205, originPeriod: '2026-01' },
        { type: 'pending', partnerCode: 'S1', currency: 'CNY', amountMinor: -1_205, originPeriod: '2026-01' },
      ]),
    );
    expect(text).toBe(`
2026-01-31 accrue  ; txn: t, ref: r, period: 2026-02
    expenses:commission  12.05 CNY  ; origin: 2026-01
    liabilities:pending:S1  -12.05 CNY  ; origin: 2026-01
`);
  });

  it.each([
    ['JPY', 1_205, '1205 JPY'],
    ['KWD', -1_205, '-1.205 KWD'],
  ])('keeps to the digits of %s', (currency, amountMinor, expected) => {
    expect(journalText(transaction([{ type: 'cash', partnerCode: null, currency, amountMinor, originPeriod: '2026-01' }]))).toContain(
      `assets:cash  ${expected}  ;`,
    );
  });

  it('lets no code of a partner break out of its account', () => {
    expect(
      journalText(transaction([{ type: 'payable', partnerCode: 'a:b;c  d', currency: 'CNY', amountMinor: 1, originPeriod: '2026-01' }])),
    ).toContain('liabilities:payable:a%3Ab%3Bc%20%20d  0.01 CNY');
  });
});
