import { Alert, Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Columns } from './columns';

const Names = ({ label, names }: { label: string; names: readonly string[] }) => {
  const translate = useTranslate();
  return (
    <Box>
      <Typography variant="subtitle2" component="h2">
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

/** What the file of somebody lacks or has too much, found before it is sent. */
const Mismatch = ({ columns, header }: { columns: Columns; header: readonly string[] }) => {
  const translate = useTranslate();
  const { required, optional } = columns;
  const list = (names: readonly string[]) => names.join(translate('list.separator'));
  const missing = required.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !required.includes(name) && !optional.includes(name));
  if (missing.length === 0 && unknown.length === 0) return <Alert severity="success">{translate('imports.columns_match')}</Alert>;
  return (
    <Alert severity="warning" data-testid="import-mismatch">
      {missing.length > 0 ? <div>{translate('imports.columns_missing', { list: list(missing) })}</div> : null}
      {unknown.length > 0 ? <div>{translate('imports.columns_unknown', { list: list(unknown) })}</div> : null}
    </Alert>
  );
};

interface ColumnHelpProps {
  columns: Columns;
  /** Header of the chosen file, as far as it is known. */
  header: readonly string[] | null;
  /** Keys of sentences about how to write the file. */
  notes: readonly string[];
}

/** What a file of that kind may hold, told before it is sent. */
export const ColumnHelp = ({ columns, header, notes }: ColumnHelpProps) => {
  const translate = useTranslate();
  return (
    <Box data-testid="import-columns" sx={{ display: 'grid', gap: 1.5 }}>
      {header ? <Mismatch columns={columns} header={header} /> : null}
      <Names label="imports.columns_required" names={columns.required} />
      <Names label="imports.columns_optional" names={columns.optional} />
      {notes.map((note) => (
        <Typography key={note} variant="body2" color="textSecondary">
          {translate(note)}
        </Typography>
      ))}
    </Box>
  );
};
