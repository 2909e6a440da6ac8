/** What the columns of a file of bank results hold, English. */
export const bankColumnsEn = {
  bank_column: {
    item: 'Required. The payment: as in the file that went to the bank, with or without dashes.',
    status: 'Required. PAID, FAILED, RETURNED or PENDING.',
    bank_ref: 'Required column. The reference of the bank, at most 64 characters; may be empty while pending.',
    amount: 'A decimal in the currency of the payment, such as 540.40. Must be the amount of the payment; needed when paid or returned.',
    amount_minor: 'Instead of amount: the same in minor units, such as 54040.',
    booked_on: 'The day on which the bank booked it, such as 2026-01-31; may be empty while pending.',
    reason: 'What the bank says about it; its first 500 characters are kept.',
  },
};
