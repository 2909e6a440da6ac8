import type { partnerImportResult } from '@concentric/contracts';
import { Alert, Box, Button, Card, LinearProgress } from '@mui/material';
import { useState } from 'react';
import { Link, useLocale, useTranslate } from 'react-admin';
import type { z } from 'zod';
import { ColumnHelp } from '../imports/ColumnHelp';
import { NETWORK_COLUMNS } from '../imports/columns';
import { DropZone } from '../imports/DropZone';
import { RejectTable } from '../imports/RejectTable';
import { useImportFile } from '../imports/useImportFile';
import { formatCount } from '../money/format';
import { PageHead } from '../pages/PageHead';
import { Columns, Fact, Facts, Quiet, Section } from '../pages/Section';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { send } from '../providers/http';

type Result = z.infer<typeof partnerImportResult>;

const Outcome = ({ result }: { result: Result }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const rejects = result.rejected.flatMap(({ line, code: record, errors }) => errors.map((error) => ({ line, record, ...error })));
  return (
    <Columns template="minmax(0, 1fr)">
      <Section title="network.result" aside={<Link to="/partner-tree">{translate('network.look')}</Link>}>
        <Facts>
          <Fact label="imports.accepted">{formatCount(result.accepted, locale)}</Fact>
          <Fact label="imports.unchanged">{formatCount(result.unchanged, locale)}</Fact>
          <Fact label="imports.rejected">{formatCount(result.rejected.length, locale)}</Fact>
        </Facts>
      </Section>
      <Section title="imports.rejects">
        {rejects.length > 0 ? <RejectTable rejects={rejects} /> : <Quiet>{translate('imports.no_rejects')}</Quiet>}
      </Section>
    </Columns>
  );
};

/** Brings a network file in: partners, and whom each stands under from when on. The answer comes when all of it is applied. */
export const NetworkImport = () => {
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  const { file, header, take } = useImportFile();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const choose = (chosen: File) => {
    take(chosen);
    setResult(null);
  };
  const start = async () => {
    setBusy(true);
    try {
      const headers = { 'Content-Type': 'application/octet-stream' };
      const path = await brandPath('distribution', 'partners/imports');
      const response = await send(path, { method: 'POST', headers, body: file });
      setResult((await response.json()) as Result);
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <PageHead title="network.import" intro="intro.network_import" />
      <Card sx={{ p: 3, mt: 3, display: 'grid', gap: 3, maxWidth: 860 }}>
        <DropZone file={file} accept=".csv,.gz" onFile={choose} />
        <ColumnHelp columns={NETWORK_COLUMNS} header={header} notes={['network.rows', 'network.moves']} />
        {busy ? <LinearProgress aria-label={translate('network.working')} /> : null}
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
          <Button variant="contained" size="large" disabled={!file || busy} onClick={() => void start()}>
            {translate('imports.start')}
          </Button>
          <span role="status">
            {busy ? <Quiet>{translate('network.working')}</Quiet> : null}
            {result ? (
              <Alert severity={result.rejected.length > 0 ? 'warning' : 'success'} sx={{ py: 0 }}>
                {translate(result.rejected.length > 0 ? 'network.done_in_part' : 'network.done')}
              </Alert>
            ) : null}
          </span>
        </Box>
      </Card>
      {result ? <Outcome result={result} /> : null}
    </>
  );
};
