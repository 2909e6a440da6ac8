import { rateText } from '@concentric/money';
import { Link } from 'react-admin';
import { Money, Word } from '../fields/fields';
import { PlainTable } from '../pages/PlainTable';
import type { CommissionLine } from '../providers/rows';
import { WhyButton } from './WhyButton';

/** Commission lines inside a page, each with its explanation. */
export const LineTable = ({ lines }: { lines: CommissionLine[] }) => (
  <PlainTable<CommissionLine>
    rows={lines}
    keyOf={(line) => line.id}
    columns={[
      { label: 'commission.line', cell: (line) => line.lineNo },
      { label: 'commission.role', cell: (line) => <Word plain group="role" value={line.role} /> },
      { label: 'commission.partner', cell: (line) => <Link to={`/partners/${line.partnerId}/show`}>{line.partnerName}</Link> },
      { label: 'commission.state', cell: (line) => <Word group="line_state" value={line.kind === 'REVERSE' ? 'REVERSE' : line.state} /> },
      { label: 'commission.base', right: true, cell: (line) => <Money minor={line.baseMinor} currency={line.currency} /> },
      { label: 'commission.rate', right: true, cell: (line) => (line.ratePpm === null ? '–' : rateText(line.ratePpm)) },
      {
        label: 'commission.amount',
        right: true,
        cell: (line) => (
          <>
            <Money minor={line.amountMinor} currency={line.currency} strong /> <WhyButton lineId={line.id} />
          </>
        ),
      },
    ]}
  />
);
