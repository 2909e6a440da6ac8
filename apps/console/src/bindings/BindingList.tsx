import { TextInput, useRecordContext, useTranslate, Link } from 'react-admin';
import { Day, DayField, WordField } from '../fields/fields';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import type { BindingRow } from '../providers/rows';
import { PartnerField } from '../partners/PartnerField';
import { PartnerFilter } from '../partners/PartnerFilter';

const filters = [
  <PartnerFilter key="partnerId" source="partnerId" alwaysOn />,
  <TextInput key="customerId" source="customerId" alwaysOn />,
];

const Customer = () => {
  const row = useRecordContext<BindingRow>();
  if (!row) return null;
  const short = row.customerId.slice(0, 8);
  return mayDo('members', 'read') ? <Link to={`/members/${row.customerId}/show`}>{short}</Link> : <>{short}</>;
};

const Until = () => {
  const translate = useTranslate();
  const row = useRecordContext<BindingRow>();
  return row?.validTo ? <Day value={row.validTo} /> : <>{translate('member.still')}</>;
};

export const BindingList = () => (
  <ConsoleList filters={filters} sort={{ field: 'id', order: 'DESC' }} emptyName="bindings" intro="intro.bindings">
    <Rows<BindingRow>
      rowClick={false}
      phone={{
        primary: () => <PartnerField />,
        secondary: () => <Customer />,
        tertiary: (row) => <Day value={row.validFrom} />,
      }}
    >
      <Column source="customerId" field={Customer} />
      <Column source="partnerName" field={PartnerField} />
      <Column source="validFrom" field={DayField} />
      <Column source="validTo" field={Until} />
      <Column source="reason">
        <WordField source="reason" group="binding_reason" plain />
      </Column>
      <Column source="endReason">
        <WordField source="endReason" group="binding_reason" plain />
      </Column>
    </Rows>
  </ConsoleList>
);
