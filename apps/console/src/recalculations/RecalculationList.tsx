import { recalculationState } from '@concentric/contracts';
import { CreateButton, SelectInput, useRecordContext, useTranslate } from 'react-admin';
import { CountField, DateOnlyField, Instant, PlainField, Word, WordField } from '../fields/fields';
import { Opening } from '../fields/Opening';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import type { RecalculationRow } from '../providers/rows';

const Plan = () => {
  const translate = useTranslate();
  const row = useRecordContext<RecalculationRow>();
  if (!row) return null;
  return (
    <Opening>
      {row.planCode} · {translate('why.version', { version: row.planVersion })}
    </Opening>
  );
};

const Proposed = () => <Instant value={useRecordContext<RecalculationRow>()?.proposedAt} />;

/** What other plan versions would have given, computed by one person's proposal and booked by another's decision. */
export const RecalculationList = () => {
  const states = useWordChoices('recalculation_state', recalculationState.options);
  return (
    <ConsoleList
      filters={[<SelectInput key="state" source="state" choices={states} alwaysOn />]}
      sort={{ field: 'id', order: 'ASC' }}
      emptyName="recalculations"
      intro="intro.recalculations"
      begin={{ label: 'recalculation.propose', to: '/recalculations/create', resource: 'recalculations', action: 'create' }}
      actions={mayDo('recalculations', 'create') ? <CreateButton label="recalculation.propose" /> : undefined}
    >
      <Rows<RecalculationRow>
        rowClick="show"
        phone={{
          primary: () => <Plan />,
          secondary: (row) => `${row.from} – ${row.to}`,
          tertiary: (row) => <Word plain group="recalculation_state" value={row.state} />,
        }}
      >
        <Column source="planVersionId" field={Plan} />
        <Column source="from" field={DateOnlyField} />
        <Column source="to" field={DateOnlyField} />
        <Column source="state">
          <WordField source="state" group="recalculation_state" />
        </Column>
        <Figures source="lines" field={CountField} />
        <Column source="proposedAt" field={Proposed} />
        <Column source="reason" field={PlainField} />
      </Rows>
    </ConsoleList>
  );
};
