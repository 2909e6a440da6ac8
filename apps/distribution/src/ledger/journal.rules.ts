import { formatMinor } from '@concentric/money';
import type { AccountType } from './posting.rules';

/** A transaction of the books with its entries, as it was booked. */
export interface JournalTransaction {
  txnId: string;
  kind: string;
  /** Business date in the brand's zone. */
  date: string;
  periodId: string;
  refId: string;
  /** `partnerCode` is null on accounts of the house. Debits are positive. */
  entries: readonly { type: AccountType; partnerCode: string | null; currency: string; amountMinor: number; originPeriod: string }[];
}

const ACCOUNTS: Readonly<Record<AccountType, string>> = {
  expense: 'expenses:commission',
  'write-off': 'expenses:write-off',
  pending: 'liabilities:pending',
  payable: 'liabilities:payable',
  withheld: 'liabilities:withheld',
  clearing: 'liabilities:clearing',
  cash: 'assets:cash',
};

/** What comes before the first transaction: how its amounts are to be read. */
export function journalHead(brandCode: string): string {
  return `; The books of ${brandCode}: every transaction as it was booked, debits positive.\ndecimal-mark .\n`;
}

/** One transaction in the plain-text format that hledger and its relatives read. */
export function journalText({ txnId, kind, date, periodId, refId, entries }: JournalTransaction): string {
  const lines = entries.map(({ type, partnerCode, currency, amountMinor, originPeriod }) => {
    const account = partnerCode === null ? ACCOUNTS[type] : `${ACCOUNTS[type]}:${inName(partnerCode)}`;
    return `    ${account}  ${formatMinor(amountMinor, currency)} ${currency}  ; origin: ${originPeriod}`;
  });
  return `\n${date} ${kind}  ; txn: ${txnId}, ref: ${refId}, period: ${periodId}\n${lines.join('\n')}\n`;
}

/** A colon would begin an account below this one, a semicolon a comment, and two spaces end the name. */
function inName(code: string): string {
  return code.replace(/[%:;\s]/g, encodeURIComponent);
}
