import { useTranslate } from 'react-admin';
import { useReason } from '../audit/reason';
import type { StatementRow } from '../providers/rows';

/** What has to be read before anything is decided about a statement: why it was sent back, or why it does not add up. */
export function useRemark({ state, currency, parkedReason, rejectedReason }: StatementRow): string | null {
  const translate = useTranslate();
  const reason = useReason(currency);
  if (state === 'PARKED') return translate('statement.off_way.PARKED', { reason: reason(parkedReason ?? '') });
  return rejectedReason === null ? null : translate('statement.rejected', { reason: rejectedReason });
}
