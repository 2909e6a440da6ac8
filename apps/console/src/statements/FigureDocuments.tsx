import { Typography } from '@mui/material';
import { Link, useTranslate } from 'react-admin';
import { AdjustmentSource } from '../adjustments/AdjustmentSource';
import { Instant, Money, Period, Word } from '../fields/fields';
import { Who } from '../fields/Who';
import { PlainTable } from '../pages/PlainTable';
import { Quiet } from '../pages/Section';
import { mayDo } from '../providers/access';
import type { WhyStatement } from '../providers/rows';
import { StatementLines } from './StatementLines';

type Figure = WhyStatement['parts'][number]['figure'];

const CarriedFrom = ({ why }: { why: WhyStatement }) => {
  const translate = useTranslate();
  const { carriedFrom, statement } = why;
  if (carriedFrom.length === 0)
    return <Quiet>{translate(`statement.${statement.carriedInMinor === 0 ? 'nothing_carried' : 'carried_unpublished'}`)}</Quiet>;
  return (
    <PlainTable
      rows={carriedFrom}
      keyOf={(row) => row.id}
      columns={[
        {
          label: 'why.statement',
          cell: (row) => (
            <>
              <Link to={`/statements/${row.id}/show`}>
                <Period value={row.period} />
              </Link>
              {row.wasBlocked ? <Quiet>{translate('statement.was_blocked')}</Quiet> : null}
            </>
          ),
        },
        { label: 'statement.state', cell: (row) => <Word group="statement_state" value={row.state} /> },
        { label: 'statement.net', right: true, cell: (row) => <Money minor={row.netMinor} currency={statement.currency} strong /> },
      ]}
    />
  );
};

const Adjustments = ({ why, kind }: { why: WhyStatement; kind: 'adjust' | 'write-off' }) => {
  const translate = useTranslate();
  const rows = why.adjustments.filter((adjustment) => adjustment.kind === kind);
  if (rows.length === 0) return <Quiet>{translate('statement.no_documents')}</Quiet>;
  return (
    <PlainTable
      rows={rows}
      keyOf={(row) => row.id}
      columns={[
        { label: 'adjustment.source', cell: (row) => <AdjustmentSource {...row} partnerId={why.statement.partnerId} /> },
        { label: 'adjustment.origin', cell: (row) => (row.originPeriod ? <Period value={row.originPeriod} /> : '–') },
        {
          label: 'adjustment.reason',
          cell: (row) => (
            <>
              {row.reason}
              <Typography variant="caption" color="textSecondary" component="div">
                <Who id={row.proposedBy} /> → <Who id={row.decidedBy} />
              </Typography>
            </>
          ),
        },
        {
          label: 'commission.amount',
          right: true,
          cell: (row) => <Money minor={row.amountMinor} currency={why.statement.currency} strong />,
        },
      ]}
    />
  );
};

const Movements = ({ why, kinds }: { why: WhyStatement; kinds: (kind: string) => boolean }) => {
  const translate = useTranslate();
  const rows = why.movements.filter(({ kind }) => kinds(kind));
  if (rows.length === 0) return <Quiet>{translate('statement.no_documents')}</Quiet>;
  return (
    <PlainTable
      rows={rows}
      keyOf={(row) => `${row.txnId} ${row.itemId}`}
      columns={[
        {
          label: 'why.posting',
          cell: (row) => {
            const kind = <Word plain group="posting_kind" value={row.kind} />;
            return mayDo('payouts', 'read') ? <Link to={`/payouts/${row.payoutId}/show`}>{kind}</Link> : kind;
          },
        },
        {
          label: 'statement.pays',
          cell: (row) => <Link to={`/statements/${row.statementId}/show`}>{translate('why.statement')}</Link>,
        },
        { label: 'bank.booked_on', cell: (row) => <Instant value={row.effectiveAt} /> },
        {
          label: 'commission.amount',
          right: true,
          cell: (row) => <Money minor={row.amountMinor} currency={why.statement.currency} strong />,
        },
      ]}
    />
  );
};

/** The rows that one figure of a statement is made of. */
export const FigureDocuments = ({ why, figure }: { why: WhyStatement; figure: Figure }) => {
  const isTax = (kind: string) => kind.startsWith('withhold');
  switch (figure) {
    case 'carriedIn':
      return <CarriedFrom why={why} />;
    case 'earned':
    case 'reversed':
      return <StatementLines statementId={why.statement.id} part={figure} />;
    case 'adjusted':
      return <Adjustments why={why} kind="adjust" />;
    case 'writtenOff':
      return <Adjustments why={why} kind="write-off" />;
    case 'withheld':
      return <Movements why={why} kinds={isTax} />;
    case 'paid':
      return <Movements why={why} kinds={(kind) => !isTax(kind)} />;
  }
};
