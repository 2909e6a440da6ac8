import { importKind, importState, type ImportRow } from '@concentric/contracts';
import { LinearProgress } from '@mui/material';
import { CreateButton, SelectInput, useListContext, useRecordContext, useTranslate } from 'react-admin';
import { CountField, InstantField, PlainField, Word, WordField } from '../fields/fields';
import { Opening } from '../fields/Opening';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import { useEffect } from 'react';

const useImportFilters = () => {
  const kinds = useWordChoices('import_kind', importKind.options);
  const states = useWordChoices('import_state', importState.options);
  return [
    <SelectInput key="kind" source="kind" choices={kinds} alwaysOn />,
    <SelectInput key="state" source="state" choices={states} alwaysOn />,
  ];
};

export const ImportProgress = () => {
  const translate = useTranslate();
  const row = useRecordContext<ImportRow & { id: string }>();
  if (!row) return null;
  if (row.state !== 'running') return <Word group="import_state" value={row.state} />;
  // The part of the bytes that is read: a position of a bar, no figure.
  const value = row.bytesTotal > 0 ? (100 * row.bytesRead) / row.bytesTotal : 0;
  return (
    <LinearProgress variant="determinate" value={value} sx={{ minWidth: 90 }} aria-label={translate(`words.import_state.${row.state}`)} />
  );
};

/** While something runs the list keeps itself up to date. */
const KeepFresh = () => {
  const { data, refetch } = useListContext<ImportRow & { id: string }>();
  const busy = data?.some((row) => row.state === 'running' || row.state === 'queued') ?? false;
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(() => void refetch(), 1500);
    return () => clearInterval(timer);
  }, [busy, refetch]);
  return null;
};

const Actions = () => (mayDo('imports', 'create') ? <CreateButton label="imports.begin" /> : null);

const OpeningMoment = () => (
  <Opening>
    <InstantField source="createdAt" />
  </Opening>
);

export const ImportList = () => (
  <ConsoleList
    filters={useImportFilters()}
    actions={<Actions />}
    sort={{ field: 'createdAt', order: 'DESC' }}
    emptyName="imports"
    begin={{ label: 'imports.begin', to: '/imports/create', resource: 'imports', action: 'create' }}
  >
    <KeepFresh />
    <Rows<ImportRow & { id: string }>
      rowClick="show"
      phone={{
        primary: (row) => row.name ?? <Word plain group="import_kind" value={row.kind} />,
        secondary: (row) => <Word plain group="import_state" value={row.state} />,
        tertiary: (row) => row.rowsRead,
      }}
    >
      <Column source="createdAt" sortable field={OpeningMoment} />
      <Column source="name" field={PlainField} />
      <Column source="kind">
        <WordField source="kind" group="import_kind" plain />
      </Column>
      <Column source="state" field={ImportProgress} />
      <Figures source="rowsRead" field={CountField} />
      <Figures source="accepted" field={CountField} />
      <Figures source="unchanged" field={CountField} />
      <Figures source="rejected" field={CountField} />
    </Rows>
  </ConsoleList>
);
