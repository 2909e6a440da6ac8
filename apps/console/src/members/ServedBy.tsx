import { Link, useTranslate } from 'react-admin';
import { Day, Word } from '../fields/fields';
import { Loaded, Quiet } from '../pages/Section';
import { PlainTable } from '../pages/PlainTable';
import { useBrandApi } from '../pages/useApi';
import type { BindingRow } from '../providers/rows';

/** Which partner this person is and was bound to, and why. */
export const ServedBy = ({ customerId }: { customerId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<{ data: BindingRow[] }>('distribution', `bindings?customerId=${customerId}&limit=100`);
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <Quiet>{translate('member.unbound')}</Quiet>
        ) : (
          <PlainTable<BindingRow>
            rows={data}
            keyOf={(binding) => binding.id}
            columns={[
              {
                label: 'binding.partner',
                cell: (row) => <Link to={`/partners/${row.partnerId}/show`}>{row.partnerName}</Link>,
              },
              { label: 'binding.from', cell: (row) => <Day value={row.validFrom} /> },
              {
                label: 'binding.to',
                cell: (row) => (row.validTo ? <Day value={row.validTo} /> : translate('member.still')),
              },
              {
                label: 'binding.reason',
                cell: (row) => <Word plain group="binding_reason" value={row.endReason ?? row.reason} />,
              },
            ]}
          />
        )
      }
    </Loaded>
  );
};
