import type { ImportKind } from '@concentric/contracts';
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { COLUMNS } from './columns';

const Names = ({ label, names }: { label: string; names: readonly string[] }) => {
  const translate = useTranslate();
  return (
    <Box>
      <Typography variant="subtitle2" component="h3">
        {translate(label)}
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </Box>
    </Box>
  );
};

/** What a file of that kind may hold, told before it is sent. */
export const ColumnHelp = ({ kind, format }: { kind: ImportKind; format: string }) => {
  const translate = useTranslate();
  const { required, optional } = COLUMNS[kind];
  const hasLines = kind === 'orders' || kind === 'refunds';
  const notes = [
    'imports.minor_units',
    ...(required.includes('channel') ? ['imports.channel_chosen'] : []),
    ...(hasLines ? [format === 'ndjson' ? 'imports.ndjson_fields' : 'imports.rows_of_record'] : []),
  ];
  return (
    <Box data-testid="import-columns" sx={{ display: 'grid', gap: 1.5 }}>
      <Names label="imports.columns_required" names={required} />
      <Names label="imports.columns_optional" names={optional} />
      {notes.map((note) => (
        <Typography key={note} variant="body2" color="textSecondary">
          {translate(note)}
        </Typography>
      ))}
    </Box>
  );
};
