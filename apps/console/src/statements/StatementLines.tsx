import { rateText } from '@concentric/money';
import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { WhyButton } from '../commission/WhyButton';
import { Instant, Money, Word } from '../fields/fields';
import { OrderLink } from '../orders/OrderLink';
import { MoreRows } from '../pages/MoreRows';
import { PlainTable, type PlainColumn } from '../pages/PlainTable';
import type { WhyLine } from '../providers/rows';

const RuleOf = ({ code, version, rule }: { code: string; version: number; rule: number }) => {
  const translate = useTranslate();
  return (
    <Typography variant="caption" component="span" noWrap title={code}>
      {translate('why.version', { version })} · {translate('why.rule_no', { rule })}
    </Typography>
  );
};

const COLUMNS: PlainColumn<WhyLine>[] = [
  {
    label: 'commission.order',
    cell: (line) => (
      <>
        <OrderLink id={line.orderId}>{line.orderExternalId}</OrderLink>
        <Typography variant="caption" color="textSecondary" component="div" noWrap>
          <Instant value={line.refundedAt ?? line.occurredAt} />
        </Typography>
      </>
    ),
  },
  { label: 'commission.line', cell: (line) => line.lineNo },
  { label: 'commission.role', cell: (line) => <Word plain group="role" value={line.role} /> },
  {
    label: 'why.rule',
    cell: (line) => <RuleOf code={line.planCode} version={line.planVersion} rule={line.ruleNo} />,
  },
  { label: 'commission.base', right: true, cell: (line) => <Money minor={line.baseMinor} currency={line.currency} /> },
  { label: 'commission.rate', right: true, cell: (line) => (line.ratePpm === null ? '–' : rateText(line.ratePpm)) },
  {
    label: 'commission.amount',
    right: true,
    cell: (line) => (
      <>
        <Money minor={line.partMinor} currency={line.currency} strong /> <WhyButton lineId={line.id} />
      </>
    ),
  },
];

/** The lines by which a figure of a statement came about: those that were earned, or those that were taken back. */
export const StatementLines = ({ statementId, part }: { statementId: string; part: 'earned' | 'reversed' }) => (
  <MoreRows<WhyLine> path={`statements/${statementId}/why/lines`} filter={{ part }} none="statement.no_lines">
    {(lines) => <PlainTable<WhyLine> rows={lines} keyOf={(line) => `${line.id} ${line.refundId}`} columns={COLUMNS} />}
  </MoreRows>
);
