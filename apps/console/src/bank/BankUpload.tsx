import { Alert, Button, Card, LinearProgress } from '@mui/material';
import { useState } from 'react';
import { useRefresh, useTranslate } from 'react-admin';
import { DropZone } from '../imports/DropZone';
import { Quiet } from '../pages/Section';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { send } from '../providers/http';
import type { BankFileRow } from '../providers/rows';
import { BankTemplateButton } from './BankTemplate';

/** Takes in what the bank reports. The same file twice does nothing the second time. */
export const BankUpload = () => {
  const translate = useTranslate();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<BankFileRow | null>(null);
  const take = async () => {
    if (!file) return;
    setBusy(true);
    try {
      const path = await brandPath('distribution', 'payouts/bank-results');
      const response = await send(path, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: file });
      setResult((await response.json()) as BankFileRow);
      setFile(null);
      refresh();
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const open = result ? result.unmatched + result.conflict + result.waiting : 0;
  return (
    <Card sx={{ p: 3, mt: 2, display: 'grid', gap: 2, maxWidth: 860 }}>
      <DropZone file={file} accept=".csv" onFile={setFile} />
      <Quiet>
        {translate('bank.columns')} <BankTemplateButton />
      </Quiet>
      {busy ? <LinearProgress aria-label={translate('bank.taking')} /> : null}
      {result ? (
        <Alert severity={open > 0 ? 'warning' : 'success'} data-testid="bank-result">
          {translate(result.repeated ? 'bank.repeated' : 'bank.taken', { ...result })}
        </Alert>
      ) : null}
      <Button variant="contained" disabled={!file || busy} onClick={() => void take()} sx={{ justifySelf: 'start' }}>
        {translate('bank.take')}
      </Button>
    </Card>
  );
};
