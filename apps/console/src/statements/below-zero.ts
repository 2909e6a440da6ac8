import type { StatementRow } from '../providers/rows';

type Figures = Pick<StatementRow, 'netMinor' | 'closingMinor' | 'carriedInMinor'>;

/**
 * Why a statement is below zero where its account need not be, as the key of a sentence; null when it is not below zero. What
 * earlier statements are still to be paid stands on the account and in no later statement.
 */
export function belowZero({ netMinor, closingMinor, carriedInMinor }: Figures): 'carried_in' | 'unpaid' | 'goes_on' | null {
  if (netMinor >= 0) return null;
  if (closingMinor <= 0) return 'goes_on';
  return carriedInMinor < 0 ? 'carried_in' : 'unpaid';
}
