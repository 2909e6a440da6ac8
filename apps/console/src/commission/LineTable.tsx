import { rateText } from '@concentric/money';
import { Typography } from '@mui/material';
import { Link, useLocale } from 'react-admin';
import { Money, Word } from '../fields/fields';
import { formatDate } from '../money/format';
import { OrderLink } from '../orders/OrderLink';
import { PlainTable, type PlainColumn } from '../pages/PlainTable';
import type { CommissionLine } from '../providers/rows';
import { WhyLine } from './WhyButton';

const Order = ({ line }: { line: CommissionLine }) => (
  <>
    <OrderLink id={line.orderId}>{line.orderExternalId}</OrderLink>
    <Typography variant="caption" color="textSecondary" component="div" noWrap>
      {formatDate(line.originDate, useLocale())}
    </Typography>
  </>
);

const order: PlainColumn<CommissionLine> = { label: 'commission.order', cell: (line) => <Order line={line} /> };
const partner: PlainColumn<CommissionLine> = {
  label: 'commission.partner',
  cell: (line) => <Link to={`/partners/${line.partnerId}/show`}>{line.partnerName}</Link>,
};

/** A reversal is told apart from the earning that it takes back. */
export const stateOf = ({ kind, state }: CommissionLine): string => (kind === 'REVERSE' ? 'REVERSE' : state);

const columns: PlainColumn<CommissionLine>[] = [
  { label: 'commission.line', cell: (line) => line.lineNo },
  { label: 'commission.role', cell: (line) => <Word plain group="role" value={line.role} /> },
  {
    label: 'commission.state',
    cell: (line) => <Word group="line_state" value={stateOf(line)} />,
  },
  { label: 'commission.base', right: true, cell: (line) => <Money minor={line.baseMinor} currency={line.currency} /> },
  { label: 'commission.rate', right: true, cell: (line) => (line.ratePpm === null ? '–' : rateText(line.ratePpm)) },
  {
    label: 'commission.amount',
    right: true,
    cell: (line) => (
      <>
        <Money minor={line.amountMinor} currency={line.currency} strong /> <WhyLine line={line} />
      </>
    ),
  },
];

/** Commission lines inside a page, each with its explanation. `of` is what the page is about already and not repeated. */
export const LineTable = ({ lines, of }: { lines: CommissionLine[]; of: 'order' | 'partner' }) => (
  <PlainTable<CommissionLine> rows={lines} keyOf={(line) => line.id} columns={[of === 'order' ? partner : order, ...columns]} />
);
