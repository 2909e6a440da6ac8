import { Money } from '../fields/fields';
import type { BankLineRow } from '../providers/rows';

/** What the bank moved; what cannot be read as an amount stands as the bank wrote it. */
export const BankAmount = ({ line, currency }: { line: Pick<BankLineRow, 'amountMinor' | 'amountText'>; currency: string }) =>
  line.amountMinor === null ? line.amountText : <Money minor={line.amountMinor} currency={currency} />;
