import { partnerType, statementState } from '@concentric/contracts';
import { Box, Button, Typography } from '@mui/material';
import { useCallback, useState } from 'react';
import { SelectInput, TextInput, useListContext, useRecordContext, useTranslate, useUnselectAll } from 'react-admin';
import { Money, MoneyField, Period, PeriodField, Word, WordField } from '../fields/fields';
import { Opening } from '../fields/Opening';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { PartnerFilter } from '../partners/PartnerFilter';
import { isPartner, mayDo } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { DecisionDialog, type Pending } from './DecisionDialog';
import { decisionsFor, type Decision } from './decisions';
import { EXPORTED_STATEMENT } from './exported';
import { Totals } from './Totals';
import { useQueueKeys } from './useQueueKeys';

const useStatementFilters = () => {
  const states = useWordChoices('statement_state', statementState.options);
  const types = useWordChoices('partner_type', partnerType.options);
  const common = [
    <TextInput key="period" source="period" placeholder="2026-01" alwaysOn />,
    <SelectInput key="state" source="state" choices={states} alwaysOn />,
  ];
  if (isPartner()) return common;
  return [
    ...common,
    <SelectInput key="type" source="type" choices={types} alwaysOn />,
    <PartnerFilter key="partnerId" source="partnerId" />,
  ];
};

const Bulk = ({ onAsk }: { onAsk: (pending: Pending) => void }) => {
  const translate = useTranslate();
  const { selectedIds, data } = useListContext<StatementRow>();
  const selected = (data ?? []).filter((row) => selectedIds.includes(row.id));
  const offer = (decision: Decision) => {
    const rows = selected.filter((row) => decisionsFor(row).includes(decision));
    return rows.length === 0 ? null : (
      <Button key={decision} size="small" onClick={() => onAsk({ decision, rows })}>
        {translate(`review.${decision}_some`, { smart_count: rows.length })}
      </Button>
    );
  };
  return <>{(['submit', 'approve', 'reject'] as const).map(offer)}</>;
};

const PartnerCell = () => {
  const row = useRecordContext<StatementRow>();
  if (!row) return null;
  return (
    <span id={`statement-${row.id}`}>
      <Opening>{row.partnerName}</Opening>
      <Typography variant="caption" color="textSecondary" component="div">
        <Word plain group="partner_type" value={row.partnerType} /> · {row.partnerCode}
      </Typography>
    </span>
  );
};

const Queue = () => {
  const translate = useTranslate();
  const { data = [] } = useListContext<StatementRow>();
  const unselectAll = useUnselectAll('statements');
  const [pending, setPending] = useState<Pending | null>(null);
  const ask = useCallback((next: Pending) => setPending(next), []);
  const at = useQueueKeys(data, pending !== null, ask);
  const decides = mayDo('statements', 'submit') || mayDo('statements', 'approve');
  const done = () => {
    setPending(null);
    unselectAll();
  };
  return (
    <>
      <Box sx={{ p: 2, pb: 0 }}>
        <Totals />
        {decides ? (
          <Typography variant="caption" color="textSecondary" sx={{ display: { xs: 'none', md: 'block' } }}>
            {translate('review.keys')}
          </Typography>
        ) : null}
      </Box>
      <Rows<StatementRow>
        rowClick="show"
        bulkActionButtons={decides ? <Bulk onAsk={ask} /> : false}
        isRowSelectable={(row) => decisionsFor(row).length > 0}
        rowSx={(_row, index) =>
          index === at ? { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: -2 } : {}
        }
        phone={{
          primary: (row) => row.partnerName,
          secondary: (row) => (
            <>
              <Period value={row.period} /> · <Word plain group="statement_state" value={row.state} />
            </>
          ),
          tertiary: (row) => <Money minor={row.netMinor} currency={row.currency} strong />,
        }}
      >
        <Column source="period" field={PeriodField} />
        <Column source="partnerName" field={PartnerCell} sx={{ minWidth: 190 }} />
        <Column source="state">
          <WordField source="state" group="statement_state" />
        </Column>
        <Column source="outcome">
          <WordField source="outcome" group="outcome" plain />
        </Column>
        <Figures source="carriedInMinor" field={MoneyField} />
        <Figures source="earnedMinor" field={MoneyField} />
        <Figures source="reversedMinor" field={MoneyField} />
        <Figures source="netMinor" field={MoneyField} />
      </Rows>
      <DecisionDialog pending={pending} onDone={done} />
    </>
  );
};

/** The list opens on what waits for the person: drafts for who submits, reviews for who approves. */
function myQueue(): { state?: string } {
  if (mayDo('statements', 'approve')) return { state: 'IN_REVIEW' };
  return mayDo('statements', 'submit') ? { state: 'DRAFT' } : {};
}

/** The review queue of finance; for a partner the own statements. */
export const StatementList = () => (
  <ConsoleList
    filters={useStatementFilters()}
    filterDefaultValues={myQueue()}
    sort={{ field: 'id', order: 'ASC' }}
    emptyName="statements"
    intro={isPartner() ? 'intro.my_statements' : 'intro.review'}
    exported={EXPORTED_STATEMENT}
  >
    <Queue />
  </ConsoleList>
);
