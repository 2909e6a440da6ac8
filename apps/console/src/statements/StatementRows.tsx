import Unusual from '@mui/icons-material/WarningAmberOutlined';
import { Chip, Typography } from '@mui/material';
import type { ReactElement } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { Money, MoneyField, Period, PeriodField, Word, WordField } from '../fields/fields';
import { Opening } from '../fields/Opening';
import { NothingOwn } from '../pages/OwnTabs';
import { Column, Figures, Rows } from '../pages/Rows';
import { isPartner } from '../providers/access';
import type { StatementRow } from '../providers/rows';
import { awaitsSecondApproval, decisionsFor } from './decisions';
import { useRemark } from './remark';
import { NothingUnusual } from './ReviewTabs';

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

const Remark = ({ statement }: { statement: StatementRow }) => {
  const remark = useRemark(statement);
  return remark ? (
    <Typography variant="caption" color="warning.main" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {remark}
    </Typography>
  ) : null;
};

/** The state, what it waits for, how much unusual nobody has accepted yet, and what has to be read first. */
const State = () => {
  const translate = useTranslate();
  const row = useRecordContext<StatementRow>();
  if (!row) return null;
  const waitsFor = awaitsSecondApproval(row) ? 'second_approval' : row.waitingFor;
  return (
    <>
      <WordField source="state" group="statement_state" />
      {row.openFindings ? (
        <Chip
          size="small"
          color="warning"
          icon={<Unusual />}
          sx={{ ml: 0.5 }}
          label={translate('finding.open', { smart_count: row.openFindings })}
        />
      ) : null}
      {waitsFor ? (
        <Typography variant="caption" color="textSecondary" component="div">
          <Word plain group="statement_wait" value={waitsFor} />
        </Typography>
      ) : null}
      <Remark statement={row} />
    </>
  );
};

interface StatementRowsProps {
  /** Id of the statement in hand. */
  inHand: string | undefined;
  bulkActions: ReactElement | false;
}

export const StatementRows = ({ inHand, bulkActions }: StatementRowsProps) => (
  <Rows<StatementRow>
    rowClick="show"
    empty={isPartner() ? <NothingOwn name="statements" /> : <NothingUnusual />}
    bulkActionButtons={bulkActions}
    isRowSelectable={(row) => decisionsFor(row).length > 0}
    rowSx={(row) => (row.id === inHand ? { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: -2 } : {})}
    phone={{
      primary: (row) => row.partnerName,
      secondary: (row) => (
        <>
          <Period value={row.period} /> · <Word plain group="statement_state" value={row.state} />
          <Remark statement={row} />
        </>
      ),
      tertiary: (row) => <Money minor={row.netMinor} currency={row.currency} strong />,
    }}
  >
    <Column source="period" field={PeriodField} />
    <Column source="partnerName" field={PartnerCell} sx={{ minWidth: 190 }} />
    <Column source="state" field={State} />
    <Column source="outcome">
      <WordField source="outcome" group="outcome" plain />
    </Column>
    <Figures source="carriedInMinor" field={MoneyField} />
    <Figures source="earnedMinor" field={MoneyField} />
    <Figures source="reversedMinor" field={MoneyField} />
    <Figures source="adjustedMinor" field={MoneyField} />
    <Figures source="netMinor" field={MoneyField} />
  </Rows>
);
