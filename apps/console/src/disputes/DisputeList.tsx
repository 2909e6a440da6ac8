import { disputeState } from '@concentric/contracts';
import { Box } from '@mui/material';
import { Link, SelectInput, useRecordContext, useTranslate } from 'react-admin';
import { InstantField, Period, PlainField, Word, WordField } from '../fields/fields';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Rows } from '../pages/Rows';
import { PartnerFilter } from '../partners/PartnerFilter';
import { isPartner, mayDo } from '../providers/access';
import type { DisputeRow } from '../providers/rows';
import { DisputeActions } from './DisputeActions';

/** What waits for the person: open ones for who proposes, proposed ones for who decides. */
function myQueue(): { state?: string } {
  if (mayDo('disputes', 'decide')) return { state: 'PROPOSED' };
  return mayDo('disputes', 'propose') ? { state: 'OPEN' } : {};
}

const Statement = () => {
  const translate = useTranslate();
  const row = useRecordContext<DisputeRow>();
  if (!row) return null;
  return (
    <Link to={`/statements/${row.statementId}/show`}>
      {row.partnerName || translate('why.statement')} · <Period value={row.period} />
    </Link>
  );
};

const Actions = () => {
  const row = useRecordContext<DisputeRow>();
  return <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>{row ? <DisputeActions dispute={row} /> : null}</Box>;
};

/** What partners do not agree with. */
export const DisputeList = () => {
  const states = useWordChoices('dispute_state', disputeState.options);
  return (
    <ConsoleList
      filters={[
        <SelectInput key="state" source="state" choices={states} alwaysOn />,
        ...(isPartner() ? [] : [<PartnerFilter key="partnerId" source="partnerId" />]),
      ]}
      filterDefaultValues={myQueue()}
      sort={{ field: 'id', order: 'ASC' }}
      emptyName="disputes"
      intro={isPartner() ? 'intro.my_disputes' : 'intro.disputes'}
    >
      <Rows<DisputeRow>
        rowClick={false}
        phone={{
          primary: () => <Statement />,
          secondary: (row) => (
            <>
              <Word plain group="dispute_state" value={row.state} /> · {row.reason} <Actions />
            </>
          ),
        }}
      >
        <Column source="statementId" field={Statement} />
        <Column source="openedAt" field={InstantField} />
        <Column source="state">
          <WordField source="state" group="dispute_state" />
        </Column>
        <Column source="reason" field={PlainField} sx={{ minWidth: 200 }} />
        <Column source="resolution">
          <WordField source="resolution" group="dispute_resolution" plain />
        </Column>
        <Column label="list.actions" field={Actions} />
      </Rows>
    </ConsoleList>
  );
};
