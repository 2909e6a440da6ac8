import type { ImportKind } from '@concentric/contracts';
import Upload from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Card, LinearProgress, MenuItem, TextField, Typography } from '@mui/material';
import { useRef, useState, type DragEvent } from 'react';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { useChannelChoices, useWordChoices } from '../pages/choices';
import { PageHead } from '../pages/PageHead';
import { formatBytes } from '../money/format';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath, queryOf } from '../providers/dataProvider';
import { send } from '../providers/http';
import { ColumnHelp } from './ColumnHelp';
import { IMPORT_KINDS } from './columns';
import { formatOf, isGzip, kindOf } from './fileName';

interface Choices {
  kind: ImportKind;
  format: string;
  channel: string;
}

const DropZone = ({ file, onFile }: { file: File | null; onFile: (file: File) => void }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onFile(dropped);
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        border: 2,
        borderStyle: 'dashed',
        borderColor: over ? 'primary.main' : 'divider',
        borderRadius: 3,
        p: 5,
        textAlign: 'center',
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.ndjson,.jsonl,.gz"
        data-testid="import-file"
        onChange={(event) => event.target.files?.[0] && onFile(event.target.files[0])}
      />
      <Upload color="primary" sx={{ fontSize: 44 }} />
      <Typography sx={{ my: 1 }}>
        {file ? `${file.name} · ${formatBytes(file.size, locale)}` : translate('imports.drop')}
      </Typography>
      <Button variant="outlined" onClick={() => input.current?.click()}>
        {translate(file ? 'imports.choose_other' : 'imports.choose')}
      </Button>
    </Box>
  );
};

export const ImportCreate = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const tellProblem = useTellProblem();
  const channels = useChannelChoices();
  const kinds = useWordChoices('import_kind', IMPORT_KINDS);
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState<Choices>({ kind: 'orders', format: 'csv', channel: '' });
  const [busy, setBusy] = useState(false);

  const take = (chosen: File) => {
    setFile(chosen);
    setChoices((old) => ({ ...old, kind: kindOf(chosen.name) ?? old.kind, format: formatOf(chosen.name) }));
  };

  const start = async () => {
    if (!file) return;
    setBusy(true);
    try {
      const query = queryOf({ ...choices, gzip: isGzip(file.name) ? 1 : 0, name: file.name });
      const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': crypto.randomUUID() };
      const response = await send(`${await brandPath('commerce', 'imports')}?${query}`, {
        method: 'POST',
        headers,
        body: file,
      });
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
      onChange={(event) => setChoices({ ...choices, [name]: event.target.value })}
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
        <DropZone file={file} onFile={take} />
        <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
          {choice('kind', kinds)}
          {choice('format', [
            { id: 'csv', name: 'CSV' },
            { id: 'ndjson', name: 'NDJSON' },
          ])}
          {choice('channel', channels, 'imports.channel_in_file')}
        </Box>
        <ColumnHelp kind={choices.kind} format={choices.format} />
        {busy ? <LinearProgress /> : null}
        <Box>
          <Button variant="contained" size="large" disabled={!file || busy} onClick={() => void start()}>
            {translate('imports.start')}
          </Button>
        </Box>
      </Card>
    </>
  );
};
