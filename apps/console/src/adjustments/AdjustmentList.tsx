import { adjustmentKind, adjustmentSource, adjustmentState } from '@concentric/contracts';
import { Typography } from '@mui/material';
import { CreateButton, Link, SelectInput, useRecordContext, useTranslate } from 'react-admin';
import { AuditField } from '../audit/AuditButton';
import { WhyButton } from '../commission/WhyButton';
import { InstantField, Money, MoneyField, Period, Word, WordField } from '../fields/fields';
import { ProposalReason } from '../fields/ProposalReason';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { decimal } from '../pages/csv';
import type { ExportColumn } from '../pages/export';
import { Column, Figures, Rows } from '../pages/Rows';
import { PartnerField } from '../partners/PartnerField';
import { PartnerFilter } from '../partners/PartnerFilter';
import { mayDo } from '../providers/access';
import type { AdjustmentRow } from '../providers/rows';
import { AdjustmentDecision } from './AdjustmentDecision';
import { AdjustmentSource } from './AdjustmentSource';

const EXPORTED: ExportColumn<AdjustmentRow>[] = [
  { label: 'adjustment.proposed_at', value: (row, { moment }) => moment(row.proposedAt) },
  { label: 'commission.partner', value: (row) => row.partnerName },
  { label: 'partner.code', value: (row) => row.partnerCode },
  { label: 'adjustment.kind', value: (row, { word }) => word('adjustment_kind', row.kind) },
  { label: 'adjustment.state', value: (row, { word }) => word('adjustment_state', row.state) },
  { label: 'adjustment.source', value: (row, { word }) => word('adjustment_source', row.source) },
  { label: 'list.currency', value: (row) => row.currency },
  { label: 'adjustment.amount', value: (row) => decimal(row.amountMinor, row.currency) },
  { label: 'adjustment.origin', value: (row) => row.originPeriod },
  { label: 'adjustment.booked_in', value: (row) => row.period },
  { label: 'adjustment.reason', value: (row) => row.reason },
  { label: 'adjustment.decision', value: (row) => row.decisionReason },
];

const useAdjustmentFilters = () => [
  <SelectInput key="state" source="state" choices={useWordChoices('adjustment_state', adjustmentState.options)} alwaysOn />,
  <SelectInput key="kind" source="kind" choices={useWordChoices('adjustment_kind', adjustmentKind.options)} alwaysOn />,
  <SelectInput key="source" source="source" choices={useWordChoices('adjustment_source', adjustmentSource.options)} />,
  <PartnerFilter key="partnerId" source="partnerId" />,
];

/** What it came from and what it is about, each leading there: whoever decides has to see it. */
const About = () => {
  const translate = useTranslate();
  const row = useRecordContext<AdjustmentRow>();
  if (!row) return null;
  return (
    <Typography variant="caption" color="textSecondary" component="div">
      <AdjustmentSource {...row} />
      {row.statementId ? (
        <>
          {' · '}
          <Link to={`/statements/${row.statementId}/show`}>{translate('why.statement')}</Link>
        </>
      ) : null}
      {row.lineId ? <WhyButton lineId={row.lineId} /> : null}
    </Typography>
  );
};

const Kind = () => (
  <>
    <WordField source="kind" group="adjustment_kind" plain />
    <About />
  </>
);

const Periods = () => {
  const row = useRecordContext<AdjustmentRow>();
  if (!row) return null;
  return (
    <>
      {row.originPeriod ? <Period value={row.originPeriod} /> : '–'}
      {row.period && row.period !== row.originPeriod ? (
        <>
          {' → '}
          <Period value={row.period} />
        </>
      ) : null}
    </>
  );
};

/** Documents by which what is owed is corrected; who decides sees what waits first. */
export const AdjustmentList = () => (
  <ConsoleList
    filters={useAdjustmentFilters()}
    filterDefaultValues={mayDo('adjustments', 'decide') ? { state: 'PROPOSED' } : {}}
    sort={{ field: 'id', order: 'ASC' }}
    emptyName="adjustments"
    intro="intro.adjustments"
    begin={{ label: 'adjustment.propose', to: '/adjustments/create', resource: 'adjustments', action: 'create' }}
    actions={mayDo('adjustments', 'create') ? <CreateButton label="adjustment.propose" /> : undefined}
    exported={EXPORTED}
  >
    <Rows<AdjustmentRow>
      rowClick={false}
      phone={{
        primary: (row) => row.partnerName,
        secondary: (row) => (
          <>
            <Word plain group="adjustment_state" value={row.state} /> · {row.reason} <About /> <AdjustmentDecision />
          </>
        ),
        tertiary: (row) => <Money minor={row.amountMinor} currency={row.currency} strong />,
      }}
    >
      <Column source="proposedAt" field={InstantField} />
      <Column source="partnerName" field={PartnerField} sx={{ minWidth: 160 }} />
      <Column source="kind" field={Kind} sx={{ minWidth: 140 }} />
      <Column source="state">
        <WordField source="state" group="adjustment_state" />
      </Column>
      <Column source="originPeriod" field={Periods} />
      <Column source="reason" field={ProposalReason} sx={{ minWidth: 160 }} />
      <Figures source="amountMinor" field={MoneyField} />
      <Column label="list.actions" field={AdjustmentDecision} />
      <Column label="audit.column">
        <AuditField of="adjustment" />
      </Column>
    </Rows>
  </ConsoleList>
);
