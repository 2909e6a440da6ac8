import type { ImportKind } from '@concentric/contracts';
import { Box, Button, Card, LinearProgress, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import { useChannelChoices, useWordChoices } from '../pages/choices';
import { PageHead } from '../pages/PageHead';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath, queryOf } from '../providers/dataProvider';
import { send } from '../providers/http';
import { ColumnHelp } from './ColumnHelp';
import { COLUMNS, IMPORT_KINDS, takesChannel, type Columns } from './columns';
import { DropZone } from './DropZone';
import { formatOf, isGzip, kindOf } from './fileName';
import { useImportFile } from './useImportFile';

interface Choices {
  kind: ImportKind;
  format: string;
  channel: string;
}

/** A channel that is chosen for the whole file need not stand in it. */
function columnsFor({ kind, channel }: Choices): Columns {
  const { required, optional } = COLUMNS[kind];
  if (channel === '' || !required.includes('channel')) return COLUMNS[kind];
  return { required: required.filter((name) => name !== 'channel'), optional: ['channel', ...optional] };
}

function notesFor({ kind, format }: Choices): string[] {
  const hasLines = kind === 'orders' || kind === 'refunds';
  return [
    'imports.minor_units',
    ...(COLUMNS[kind].required.includes('channel') ? ['imports.channel_chosen'] : []),
    ...(hasLines ? [format === 'ndjson' ? 'imports.ndjson_fields' : 'imports.rows_of_record'] : []),
  ];
}

export const ImportCreate = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const tellProblem = useTellProblem();
  const channels = useChannelChoices();
  const kinds = useWordChoices('import_kind', IMPORT_KINDS);
  const { file, header, take } = useImportFile();
  const [choices, setChoices] = useState<Choices>({ kind: 'orders', format: 'csv', channel: '' });
  const [busy, setBusy] = useState(false);
  const change = (next: Partial<Choices>) =>
    setChoices((old) => {
      const all = { ...old, ...next };
      return takesChannel(all.kind) ? all : { ...all, channel: '' };
    });

  const choose = (chosen: File) => {
    take(chosen);
    change({ kind: kindOf(chosen.name) ?? choices.kind, format: formatOf(chosen.name) });
  };

  const start = async () => {
    if (!file) return;
    setBusy(true);
    try {
      const query = queryOf({ ...choices, gzip: isGzip(file.name) ? 1 : 0, name: file.name });
      const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': crypto.randomUUID() };
      const path = `${await brandPath('commerce', 'imports')}?${query}`;
      const response = await send(path, { method: 'POST', headers, body: file });
      const { importId } = (await response.json()) as { importId: string };
      redirect(`/imports/${importId}/show`);
    } catch (error) {
      tellProblem(error);
      setBusy(false);
    }
  };

  const choice = (name: keyof Choices, options: { id: string; name: string }[], empty?: string) => (
    <TextField
      select
      label={translate(`imports.${name}`)}
      value={choices[name]}
      onChange={(event) => change({ [name]: event.target.value })}
      slotProps={empty ? { inputLabel: { shrink: true }, select: { displayEmpty: true } } : undefined}
      sx={{ minWidth: 180 }}
    >
      {empty ? <MenuItem value="">{translate(empty)}</MenuItem> : null}
      {options.map((option) => (
        <MenuItem key={option.id} value={option.id}>
          {option.name}
        </MenuItem>
      ))}
    </TextField>
  );

  return (
    <>
      <PageHead title="imports.new" intro="imports.new_intro" />
      <Card sx={{ p: 3, mt: 3, display: 'grid', gap: 3, maxWidth: 860 }}>
        <DropZone file={file} accept=".csv,.ndjson,.jsonl,.gz" onFile={choose} />
        <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
          {choice('kind', kinds)}
          {choice('format', [
            { id: 'csv', name: 'CSV' },
            { id: 'ndjson', name: 'NDJSON' },
          ])}
          {takesChannel(choices.kind) ? choice('channel', channels, 'imports.channel_in_file') : null}
        </Box>
        <ColumnHelp columns={columnsFor(choices)} header={header} notes={notesFor(choices)} />
        {busy ? <LinearProgress aria-label={translate('imports.uploading')} /> : null}
        <Box>
          <Button variant="contained" size="large" disabled={!file || busy} onClick={() => void start()}>
            {translate('imports.start')}
          </Button>
        </Box>
      </Card>
    </>
  );
};
