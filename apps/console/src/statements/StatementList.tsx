import { partnerType, statementState, statementWait } from '@concentric/contracts';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { SelectInput, TextInput, useListContext, useLocale, useTranslate } from 'react-admin';
import { AcceptDialog } from '../findings/AcceptDialog';
import { counted } from '../money/format';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { OwnTabs } from '../pages/OwnTabs';
import { SideDrawer } from '../pages/SideDrawer';
import { PartnerFilter } from '../partners/PartnerFilter';
import { isPartner, mayDo, ownPartnerId } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { BulkUnexceptional } from './BulkUnexceptional';
import { DecisionDialog, type Pending } from './DecisionDialog';
import { decisionsFor, type Decision } from './decisions';
import { EXPORTED_STATEMENT } from './exported';
import { InHand } from './InHand';
import { ReviewTabs } from './ReviewTabs';
import { StatementFigures } from './StatementFigures';
import { StatementRows } from './StatementRows';
import { Totals } from './Totals';
import { useQueue, type QueueAct } from './useQueue';

const useStatementFilters = () => {
  const states = useWordChoices('statement_state', statementState.options);
  const types = useWordChoices('partner_type', partnerType.options);
  const waits = useWordChoices('statement_wait', statementWait.options);
  const outcomes = useWordChoices('outcome', ['pay', 'carry']);
  const common = [
    <TextInput key="period" source="period" placeholder="2026-01" alwaysOn />,
    <SelectInput key="state" source="state" choices={states} alwaysOn />,
  ];
  if (isPartner()) return common;
  return [
    ...common,
    <SelectInput key="type" source="type" choices={types} alwaysOn />,
    <SelectInput key="waitingFor" source="waitingFor" choices={waits} />,
    <SelectInput key="outcome" source="outcome" choices={outcomes} />,
    <PartnerFilter key="partnerId" source="partnerId" />,
  ];
};

const Bulk = ({ onAsk }: { onAsk: (pending: Pending) => void }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const { selectedIds, data } = useListContext<StatementRow>();
  const selected = (data ?? []).filter((row) => selectedIds.includes(row.id));
  const offer = (decision: Decision) => {
    const rows = selected.filter((row) => decisionsFor(row).includes(decision));
    return rows.length === 0 ? null : (
      <Button key={decision} size="small" onClick={() => onAsk({ decision, rows })}>
        {translate(`review.${decision}_some`, counted(rows.length, locale))}
      </Button>
    );
  };
  return <>{(['submit', 'approve', 'reject'] as const).map(offer)}</>;
};

const Queue = () => {
  const { data = [], onUnselectItems } = useListContext<StatementRow>();
  const [pending, setPending] = useState<Pending | null>(null);
  const [accepting, setAccepting] = useState<StatementRow | null>(null);
  const [explained, setExplained] = useState<StatementRow | null>(null);
  const act = (step: QueueAct, row: StatementRow) => {
    if (step === 'why') setExplained(row);
    else if (step === 'accept') setAccepting(row);
    else setPending({ decision: step, rows: [row] });
  };
  const busy = pending !== null || accepting !== null || explained !== null;
  const reviews = mayReview();
  const { at, take } = useQueue(busy || !reviews, act);
  const inHand = reviews ? data[at] : undefined;
  const done = () => {
    setPending(null);
    onUnselectItems();
  };
  return (
    <>
      <Box sx={{ p: 2, pb: 0 }}>
        <Totals />
        {inHand ? <InHand row={inHand} place={{ at, of: data.length }} take={take} /> : null}
      </Box>
      <StatementRows inHand={inHand?.id} bulkActions={reviews ? <Bulk onAsk={setPending} /> : false} />
      <DecisionDialog pending={pending} onDone={done} />
      <AcceptDialog statement={accepting} onDone={() => setAccepting(null)} />
      <SideDrawer title="why.title" open={explained !== null} onClose={() => setExplained(null)}>
        {explained ? <StatementFigures statementId={explained.id} /> : null}
      </SideDrawer>
    </>
  );
};

const mayReview = () => mayDo('statements', 'submit') || mayDo('statements', 'approve');

/**
 * The list opens on what is unusual of what waits for the person: drafts for who submits, reviews for who approves; for a
 * partner on what is its own.
 */
function myQueue(): { state?: string; exceptional?: string; partnerId?: string | null } {
  if (isPartner()) return { partnerId: ownPartnerId() };
  if (mayDo('statements', 'approve')) return { state: 'IN_REVIEW', exceptional: 'true' };
  return mayDo('statements', 'submit') ? { state: 'DRAFT', exceptional: 'true' } : {};
}

/**
 * The review of finance, what is unusual first; for a partner the own statements. The filter used last is kept in the address
 * and nowhere else: whoever comes by the menu begins at what is unusual again.
 */
export const StatementList = () => (
  <ConsoleList
    filters={useStatementFilters()}
    filterDefaultValues={myQueue()}
    storeKey={false}
    sort={{ field: 'id', order: 'ASC' }}
    emptyName="statements"
    intro={isPartner() ? 'intro.my_statements' : 'intro.review'}
    actions={mayReview() ? <BulkUnexceptional /> : undefined}
    exported={EXPORTED_STATEMENT}
  >
    {mayDo('findings', 'read') ? <ReviewTabs /> : null}
    {isPartner() ? <OwnTabs /> : null}
    <Queue />
  </ConsoleList>
);
