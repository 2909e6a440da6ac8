import { bankColumns } from '@concentric/contracts';
import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { PlainTable } from '../pages/PlainTable';
import { saveFile } from '../pages/saveFile';
import { bankTemplate } from './template';

/** Hands out an empty file of bank results: its header line. */
export const BankTemplateButton = () => {
  const translate = useTranslate();
  const save = () => saveFile(new Blob([bankTemplate()], { type: 'text/csv;charset=utf-8' }), 'bank-results.csv');
  return (
    <Button size="small" onClick={save}>
      {translate('bank.template')}
    </Button>
  );
};

/** What each column of a file of bank results holds. */
export const BankColumns = () => {
  const translate = useTranslate();
  return (
    <PlainTable
      rows={bankColumns}
      keyOf={(name) => name}
      columns={[
        { label: 'bank.column', cell: (name) => <code>{name}</code> },
        { label: 'bank.meaning', cell: (name) => translate(`bank_column.${name}`) },
      ]}
    />
  );
};
