import { Link, useTranslate } from 'react-admin';
import { WhyButton } from '../commission/WhyButton';
import { Money, Period, Word } from '../fields/fields';
import { OrderLink } from '../orders/OrderLink';
import { MoreRows } from '../pages/MoreRows';
import { PlainTable, type PlainColumn } from '../pages/PlainTable';
import type { RecalculationLine, RecalculationTotal } from '../providers/rows';

type Compared = Pick<RecalculationTotal, 'currency' | 'expectedMinor' | 'bookedMinor' | 'differenceMinor'>;

const COMPARED: PlainColumn<Compared>[] = [
  {
    label: 'recalculation.expected',
    right: true,
    cell: (row) => <Money minor={row.expectedMinor} currency={row.currency} />,
  },
  { label: 'recalculation.booked', right: true, cell: (row) => <Money minor={row.bookedMinor} currency={row.currency} /> },
  {
    label: 'recalculation.difference',
    right: true,
    cell: (row) => <Money minor={row.differenceMinor} currency={row.currency} strong />,
  },
];

/** What would be booked for whom. */
export const ByPartner = ({ id }: { id: string }) => (
  <MoreRows<RecalculationTotal> path={`recalculations/${id}/totals`} none="recalculation.none">
    {(rows) => (
      <PlainTable<RecalculationTotal>
        rows={rows}
        keyOf={(row) => row.id}
        columns={[
          {
            label: 'commission.partner',
            cell: (row) => <Link to={`/partners/${row.partnerId}/show`}>{row.partnerName}</Link>,
          },
          { label: 'adjustment.origin', cell: (row) => <Period value={row.originPeriod} /> },
          { label: 'recalculation.lines', right: true, cell: (row) => row.lines },
          ...COMPARED,
        ]}
      />
    )}
  </MoreRows>
);

/** Every share that differs, with why it was booked as it was. */
export const EachShare = ({ id }: { id: string }) => {
  const translate = useTranslate();
  return (
    <MoreRows<RecalculationLine> path={`recalculations/${id}/lines`} none="recalculation.none">
      {(rows) => (
        <PlainTable<RecalculationLine>
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            {
              label: 'commission.order',
              cell: (row) => (
                <>
                  <OrderLink id={row.orderId}>{row.orderExternalId}</OrderLink> · {translate('why.line_no', { line: row.lineNo })}
                </>
              ),
            },
            { label: 'commission.role', cell: (row) => <Word plain group="role" value={row.role} /> },
            { label: 'partner.code', cell: (row) => row.partnerCode },
            ...COMPARED,
            { label: 'why.title', cell: (row) => (row.lineId ? <WhyButton lineId={row.lineId} /> : '–') },
          ]}
        />
      )}
    </MoreRows>
  );
};
