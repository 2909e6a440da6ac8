import { useRecordContext, useTranslate } from 'react-admin';
import { Day, DayField, WordField } from '../fields/fields';
import { CustomerField } from '../members/CustomerField';
import { CustomerFilter } from '../members/CustomerFilter';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import type { BindingRow } from '../providers/rows';
import { PartnerField } from '../partners/PartnerField';
import { PartnerFilter } from '../partners/PartnerFilter';

const filters = () => [
  <PartnerFilter key="partnerId" source="partnerId" alwaysOn />,
  ...(mayDo('members', 'read') ? [<CustomerFilter key="customerId" source="customerId" alwaysOn />] : []),
];

const Until = () => {
  const translate = useTranslate();
  const row = useRecordContext<BindingRow>();
  return row?.validTo ? <Day value={row.validTo} /> : <>{translate('member.still')}</>;
};

export const BindingList = () => (
  <ConsoleList filters={filters()} sort={{ field: 'id', order: 'DESC' }} emptyName="bindings" intro="intro.bindings">
    <Rows<BindingRow>
      rowClick={false}
      phone={{
        primary: () => <PartnerField />,
        secondary: () => <CustomerField source="customerId" />,
        tertiary: (row) => <Day value={row.validFrom} />,
      }}
    >
      <Column source="customerId" field={CustomerField} />
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
