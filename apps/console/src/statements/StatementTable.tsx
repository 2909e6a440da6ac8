import { Link, useTranslate } from 'react-admin';
import { Money, Period, Word } from '../fields/fields';
import { PlainTable, type PlainColumn } from '../pages/PlainTable';
import { Loaded, Quiet } from '../pages/Section';
import { useIsPhone } from '../pages/useIsPhone';
import { useBrandApi } from '../pages/useApi';
import type { StatementRow } from '../providers/rows';

type Amount = 'carriedInMinor' | 'earnedMinor' | 'reversedMinor' | 'netMinor';

const amount = (label: string, source: Amount): PlainColumn<StatementRow> => ({
  label,
  right: true,
  cell: (row) => <Money minor={row[source]} currency={row.currency} strong={source === 'netMinor'} />,
});

const net = amount('statement.net', 'netMinor');
const COLUMNS: PlainColumn<StatementRow>[] = [
  {
    label: 'statement.period',
    cell: (row) => (
      <Link to={`/statements/${row.id}/show`}>
        <Period value={row.period} />
      </Link>
    ),
  },
  { label: 'statement.state', cell: (row) => <Word group="statement_state" value={row.state} /> },
  { label: 'statement.outcome', cell: (row) => <Word plain group="outcome" value={row.outcome} /> },
  amount('statement.carried_in', 'carriedInMinor'),
  amount('statement.earned', 'earnedMinor'),
  amount('statement.reversed', 'reversedMinor'),
  net,
];
const [period, state] = COLUMNS;
/** What a phone has room for. */
const FEW = COLUMNS.filter((column) => [period, state, net].includes(column));

/** The latest statements of one partner, inside a page. */
export const StatementTable = ({ partnerId, limit }: { partnerId: string; limit: number }) => {
  const translate = useTranslate();
  const isPhone = useIsPhone();
  const query = useBrandApi<{ data: StatementRow[] }>('distribution', `statements?partnerId=${partnerId}&limit=${limit}`);
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <Quiet>{translate('partner.no_statements')}</Quiet>
        ) : (
          <PlainTable<StatementRow> rows={data} keyOf={(row) => row.id} columns={isPhone ? FEW : COLUMNS} />
        )
      }
    </Loaded>
  );
};
