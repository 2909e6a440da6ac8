import { DomainError, conflict, forbidden, notFound, refusedByRules, type Refusal } from '@concentric/service-kit';

export const unknownPayout = (id: string) => notFound('payout', id);
export const unknownPayoutItem = (id: string) => notFound('payout_item', id);
export const unknownBankLine = (id: string) => notFound('bank_line', id);

export const checkerOfStatement = () =>
  forbidden(
    'checker_of_statement',
    'You approved one of these statements',
    'Who approved a statement has no part in paying it; ask a colleague of the treasury.',
  );
export const payoutRefused = (refusal: Refusal) =>
  refusal.code === 'checker_of_statement' ? checkerOfStatement() : refusedByRules('The action is refused', refusal);

export const nothingPayable = () =>
  conflict(
    'nothing_payable',
    'Nothing can be paid',
    'No statement is payable in this currency to a partner with approved payee details whose payouts are not blocked.',
  );
export const statementsNotPayable = (statementIds: readonly string[]) =>
  new DomainError({
    code: 'statement_not_payable',
    status: 409,
    title: 'Some of these statements cannot be paid now',
    errors: statementIds.slice(0, 100).map((id) => ({
      field: 'statementIds',
      code: 'statement_not_payable',
      message: `${id} is not payable in this currency, is in another batch, may have been paid before, or its partner has no approved payee details or is blocked`,
      remedy: 'leave it out, or see what it waits for',
    })),
  });
export const debtorMissing = () =>
  conflict('debtor_missing', 'It is not known from which account to pay', 'Put the account into the settings (payoutDebtor).');
export const totalsDisagree = (statementIds: readonly string[]) =>
  conflict(
    'totals_disagree',
    'The batch does not come to what the books say',
    `Statements that disagree: ${statementIds.join(', ')}. Have them looked at; cancel the batch meanwhile.`,
  );

/** An item of a batch as people know it. */
export interface NamedItem {
  id: string;
  seq: number;
  partnerCode: string;
  partnerName: string;
}
/** Whoever gives the batch up for them has to know which they are; the first hundred say enough. */
const concerning = (items: readonly NamedItem[], code: string, why: string, remedy: string) =>
  items.slice(0, 100).map(({ id, seq, partnerCode, partnerName }) => ({
    field: `${partnerCode} ${partnerName}`,
    code,
    message: `${partnerCode}: item ${seq} (${id}) ${why}`,
    remedy,
  }));

export const payeeChanged = (items: readonly NamedItem[]) =>
  new DomainError({
    code: 'payee_changed',
    status: 409,
    title: 'Some partners may no longer be paid as the batch says',
    detail: 'Cancel the batch and prepare a new one.',
    errors: concerning(
      items,
      'item_payee_changed',
      'has other payee details by now, or its partner is blocked',
      'Prepare it again with a new batch.',
    ),
  });
export const itemsPaidBefore = (items: readonly NamedItem[]) =>
  new DomainError({
    code: 'payout_paid_before',
    status: 409,
    title: 'The bank says of some items that they were paid before',
    detail: 'Find out from the bank and close its lines, or cancel the batch and prepare a new one, which leaves them out.',
    errors: concerning(
      items,
      'item_paid_before',
      'may have been paid before: a line of the bank says so that nobody has closed yet',
      'Ask the bank, and close the line once it is certain that nothing was paid.',
    ),
  });
export const itemsHalted = (items: readonly NamedItem[]) =>
  new DomainError({
    code: 'payout_halted',
    status: 409,
    title: 'Nothing is posted to the accounts of some partners now',
    detail: 'Have them released, or cancel the batch and prepare a new one, which leaves them out.',
    errors: concerning(
      items,
      'item_halted',
      'is owed from a halted account',
      'A finance checker releases the account once it is right again.',
    ),
  });
export const notReleased = () =>
  conflict('payout_not_released', 'The file is handed out once the batch is released', 'Release the batch first.');
export const fileChanged = () =>
  conflict('payout_file_changed', 'The file would no longer be the one that was approved', 'Do not send it; have the batch looked at.');
export const unreadableBankFile = (message: string, remedy: string) =>
  new DomainError({
    code: 'unreadable_file',
    status: 400,
    title: 'The file cannot be read',
    detail: message,
    errors: [{ field: 'file', code: 'unreadable_file', message, remedy }],
  });
