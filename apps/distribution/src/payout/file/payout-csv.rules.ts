import { formatMinor } from '@concentric/money';
import { bankKey, type FileFormat } from './payout-file.rules';

const COLUMNS = ['item', 'holder', 'account', 'bank', 'currency', 'amount', 'execution_date', 'reference'];

/** RFC 4180, UTF-8; see PAYOUTS.md for the columns. */
export const payoutCsv: FileFormat = {
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  head: () => row(COLUMNS),
  item: ({ currency, executionDate }, { itemId, period, amountMinor, payee }) =>
    row([
      bankKey(itemId),
      payee.holder,
      payee.account,
      payee.bankId,
      currency,
      formatMinor(amountMinor, currency),
      executionDate,
      `Commission ${period}`,
    ]),
  tail: () => '',
};

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
