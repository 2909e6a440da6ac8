import { lineState } from '@concentric/contracts';
import { rateText } from '@concentric/money';
import { Typography } from '@mui/material';
import { SelectInput, TextInput, useGetList, useRecordContext } from 'react-admin';
import { DateOnlyField, Money, MoneyField, PeriodField, PlainField, Word, WordField } from '../fields/fields';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { decimal } from '../pages/csv';
import type { ExportColumn } from '../pages/export';
import { OrderFilter } from '../orders/OrderFilter';
import { NothingOwn, OwnTabs } from '../pages/OwnTabs';
import { Column, Figures, Rows } from '../pages/Rows';
import { isPartner, mayDo, ownPartnerId } from '../providers/access';
import type { CommissionLine, PlanRow } from '../providers/rows';
import { PartnerFilter } from '../partners/PartnerFilter';
import { stateOf } from './LineTable';
import { WhyField } from './WhyButton';

/** The roles that the plans name; who may not read plans is given none to choose from. */
function usePlanRoles(): string[] {
  const { data } = useGetList<PlanRow>('plans', {}, { enabled: mayDo('plans', 'list') });
  return [...new Set(data?.flatMap(({ rules }) => rules.map(({ role }) => role)))];
}

const EXPORTED: ExportColumn<CommissionLine>[] = [
  { label: 'commission.order', value: (line) => line.orderExternalId },
  { label: 'commission.line', value: (line) => line.lineNo },
  { label: 'resources.commission-lines.fields.originDate', value: (line) => line.originDate },
  { label: 'resources.commission-lines.fields.originPeriod', value: (line) => line.originPeriod },
  { label: 'commission.role', value: (line, { word }) => word('role', line.role) },
  { label: 'commission.partner', value: (line) => line.partnerName },
  { label: 'partner.code', value: (line) => line.partnerCode },
  { label: 'commission.state', value: (line, { word }) => word('line_state', stateOf(line)) },
  { label: 'list.currency', value: (line) => line.currency },
  { label: 'commission.base', value: (line) => decimal(line.baseMinor, line.currency) },
  { label: 'commission.rate', value: (line) => (line.ratePpm === null ? null : rateText(line.ratePpm)) },
  { label: 'commission.amount', value: (line) => decimal(line.amountMinor, line.currency) },
];

const useLineFilters = () => {
  const roles = useWordChoices('role', usePlanRoles());
  const states = useWordChoices('line_state', lineState.options);
  const held = useWordChoices('line_hold', ['true']);
  return [
    <PartnerFilter key="partnerId" source="partnerId" alwaysOn />,
    <TextInput key="period" source="period" placeholder="2026-01" alwaysOn />,
    ...(roles.length > 0 ? [<SelectInput key="role" source="role" choices={roles} />] : []),
    <SelectInput key="state" source="state" choices={states} />,
    ...(isPartner() ? [] : [<SelectInput key="held" source="held" choices={held} />]),
    ...(mayDo('orders', 'list') ? [<OrderFilter key="orderId" source="orderId" />] : []),
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
  if (!line) return null;
  return (
    <>
      <Word group="line_state" value={stateOf(line)} /> {line.holdReason ? <Word group="line_hold" value="held" /> : null}
      <Typography variant="caption" color="textSecondary" component="div">
        {line.holdReason}
      </Typography>
    </>
  );
};

export const CommissionLineList = () => (
  <ConsoleList
    filters={useLineFilters()}
    sort={{ field: 'id', order: 'DESC' }}
    emptyName="commission"
    exported={EXPORTED}
    intro={isPartner() ? 'intro.my_earnings' : 'intro.commission'}
    filterDefaultValues={isPartner() ? { partnerId: ownPartnerId() } : undefined}
  >
    {isPartner() ? <OwnTabs /> : null}
    <Rows<CommissionLine>
      empty={isPartner() ? <NothingOwn name="commission" /> : undefined}
      rowClick={false}
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
      <Column source="partnerName" field={PlainField} sx={{ minWidth: 190 }} />
      <Column source="state" field={StateField} />
      <Figures source="baseMinor" field={MoneyField} />
      <Figures source="ratePpm" field={RateField} />
      <Figures source="amountMinor" field={MoneyField} />
      <Column label="list.actions" field={WhyField} />
    </Rows>
  </ConsoleList>
);
