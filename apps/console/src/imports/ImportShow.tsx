import type { ImportRow, RejectRow } from '@concentric/contracts';
import Download from '@mui/icons-material/DownloadOutlined';
import { Alert, Button, LinearProgress } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { Instant, Word } from '../fields/fields';
import { formatBytes, formatCount } from '../money/format';
import { Columns, Fact, Facts, Loaded, Quiet, Section } from '../pages/Section';
import { PageHead } from '../pages/PageHead';
import { saveFile } from '../pages/saveFile';
import { useBrandApi } from '../pages/useApi';
import { InFull } from '../problem/InFull';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { send } from '../providers/http';
import { RejectTable } from './RejectTable';

const SHOWN = 200;
const isBusy = (row: ImportRow | undefined) => row === undefined || row.state === 'queued' || row.state === 'running';

const DownloadRejects = ({ importId }: { importId: string }) => {
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  const download = async () => {
    try {
      const response = await send(await brandPath('commerce', `imports/${importId}/rejects.csv`));
      saveFile(await response.blob(), `rejects-${importId}.csv`);
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <Button startIcon={<Download />} onClick={() => void download()}>
      {translate('imports.download_rejects')}
    </Button>
  );
};

const Rejects = ({ row }: { row: ImportRow }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const query = useBrandApi<{ data: RejectRow[]; total: number }>('commerce', `imports/${row.importId}/rejects?limit=${SHOWN}&sort=seq`, {
    enabled: row.rejected > 0,
    refetchInterval: isBusy(row) ? 3000 : undefined,
  });
  if (row.rejected === 0) return <Quiet>{translate('imports.no_rejects')}</Quiet>;
  return (
    <Loaded query={query}>
      {({ data, total }) => (
        <>
          {total > data.length ? <Quiet>{translate('imports.first_rejects', { shown: formatCount(data.length, locale) })}</Quiet> : null}
          <RejectTable rejects={data.map(({ reason, ...reject }) => ({ ...reject, message: reason }))} />
        </>
      )}
    </Loaded>
  );
};

const Progress = ({ row }: { row: ImportRow }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const count = (value: number) => formatCount(value, locale);
  return (
    <>
      {isBusy(row) ? (
        <LinearProgress
          variant={row.state === 'queued' ? 'indeterminate' : 'determinate'}
          value={row.bytesTotal > 0 ? (100 * row.bytesRead) / row.bytesTotal : 0}
          aria-label={translate('imports.progress')}
          sx={{ mb: 2, height: 8, borderRadius: 4 }}
        />
      ) : null}
      {row.error ? (
        <Alert severity="error" sx={{ mb: 2 }}>
          {translate('imports.failed')}
          <InFull>{row.error}</InFull>
        </Alert>
      ) : null}
      <Facts>
        <Fact label="imports.rows_read">{count(row.rowsRead)}</Fact>
        <Fact label="imports.accepted">{count(row.accepted)}</Fact>
        <Fact label="imports.unchanged">{count(row.unchanged)}</Fact>
        <Fact label="imports.rejected">{count(row.rejected)}</Fact>
        <Fact label="imports.size">{formatBytes(row.bytesTotal, locale)}</Fact>
        <Fact label="imports.started">
          <Instant value={row.startedAt} />
        </Fact>
        <Fact label="imports.finished">
          <Instant value={row.finishedAt} />
        </Fact>
      </Facts>
    </>
  );
};

export const ImportShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const query = useBrandApi<ImportRow>('commerce', `imports/${id}`, {
    refetchInterval: (data) => (isBusy(data as ImportRow | undefined) ? 1000 : false),
  });
  return (
    <Loaded query={query}>
      {(row) => (
        <>
          <PageHead title={row.name ?? translate(`words.import_kind.${row.kind}`)}>
            <span role="status">
              <Word group="import_state" value={row.state} />
            </span>
          </PageHead>
          <Columns template="minmax(0, 1fr)">
            <Section title="imports.progress">
              <Progress row={row} />
            </Section>
            <Section title="imports.rejects" aside={row.rejected > 0 ? <DownloadRejects importId={row.importId} /> : null}>
              <Rejects row={row} />
            </Section>
          </Columns>
        </>
      )}
    </Loaded>
  );
};
