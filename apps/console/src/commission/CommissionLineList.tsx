import { rateText } from '@concentric/money';
import { Typography } from '@mui/material';
import { SelectInput, TextInput, useRecordContext } from 'react-admin';
import { DateOnlyField, Money, MoneyField, PeriodField, PlainField, Word, WordField } from '../fields/fields';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { isPartner } from '../providers/access';
import type { CommissionLine } from '../providers/rows';
import { PartnerFilter } from '../partners/PartnerFilter';
import { WhyField } from './WhyButton';
import { WhyAmount } from './WhyAmount';

const ROLES = ['store', 'distributor', 'bound', 'guide', 'leader'];

const useLineFilters = () => {
  const roles = useWordChoices('role', ROLES);
  const states = useWordChoices('line_state', ['ACCRUED', 'MATURED', 'REVERSED']);
  return [
    <PartnerFilter key="partnerId" source="partnerId" alwaysOn />,
    <TextInput key="period" source="period" placeholder="2026-01" alwaysOn />,
    <SelectInput key="role" source="role" choices={roles} />,
    <SelectInput key="state" source="state" choices={states} />,
    <TextInput key="orderId" source="orderId" />,
  ];
};

const OrderField = () => (
  <>
    <PlainField source="orderExternalId" />
    <Typography variant="caption" color="textSecondary" component="div">
      <DateOnlyField source="originDate" />
    </Typography>
  </>
);

const RateField = () => {
  const line = useRecordContext<CommissionLine>();
  return <>{line?.ratePpm == null ? '–' : rateText(line.ratePpm)}</>;
};

const StateField = () => {
  const line = useRecordContext<CommissionLine>();
  return line ? <Word group="line_state" value={line.kind === 'REVERSE' ? 'REVERSE' : line.state} /> : null;
};

const WhyPanel = () => {
  const line = useRecordContext();
  return line ? <WhyAmount lineId={String(line.id)} /> : null;
};

export const CommissionLineList = () => (
  <ConsoleList
    filters={useLineFilters()}
    sort={{ field: 'id', order: 'DESC' }}
    emptyName="commission"
    intro={isPartner() ? 'intro.my_earnings' : 'intro.commission'}
  >
    <Rows<CommissionLine>
      rowClick={false}
      expand={<WhyPanel />}
      expandSingle
      phone={{
        primary: (line) => (
          <>
            <Word plain group="role" value={line.role} /> · {line.orderExternalId} <WhyField />
          </>
        ),
        secondary: (line) => line.partnerName,
        tertiary: (line) => <Money minor={line.amountMinor} currency={line.currency} />,
      }}
    >
      <Column source="orderExternalId" field={OrderField} />
      <Column source="originPeriod" field={PeriodField} />
      <Column source="role">
        <WordField source="role" group="role" plain />
      </Column>
      <Column source="partnerName" field={PlainField} />
      <Column source="state" field={StateField} />
      <Figures source="baseMinor" field={MoneyField} />
      <Figures source="ratePpm" field={RateField} />
      <Figures source="amountMinor" field={MoneyField} />
      <Column label="" field={WhyField} />
    </Rows>
  </ConsoleList>
);
