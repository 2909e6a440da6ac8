import { useLocale, useRecordContext, useTranslate } from 'react-admin';
import { formatMoney } from '../money/format';
import { ProposalButtons } from '../pages/ProposalButtons';
import type { AdjustmentRow } from '../providers/rows';

/** What approving books: an adjustment changes what is owed, a write-off what is carried. */
const effectOf = ({ kind, amountMinor }: AdjustmentRow) => `${kind}_${amountMinor > 0 ? 'plus' : 'minus'}`;

/** The second person's decision on a proposed adjustment or write-off. */
export const AdjustmentDecision = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const row = useRecordContext<AdjustmentRow>();
  if (row?.state !== 'PROPOSED') return null;
  const amount = formatMoney(Math.abs(row.amountMinor), row.currency, locale);
  return (
    <ProposalButtons
      resource="adjustments"
      path={`adjustments/${row.id}/decide`}
      proposedBy={row.proposedBy}
      approving={translate(`adjustment.effect.${effectOf(row)}`, { amount, partner: row.partnerName })}
      refusing={translate('adjustment.effect.none')}
    />
  );
};
