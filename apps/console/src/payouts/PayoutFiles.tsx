import Download from '@mui/icons-material/DownloadOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Fact, Facts, Quiet } from '../pages/Section';
import { saveFile } from '../pages/saveFile';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { send } from '../providers/http';
import type { PayoutDetail } from '../providers/rows';

const FORMATS = [
  { format: 'csv', ending: 'csv', label: 'payout.file_csv' },
  { format: 'pain001', ending: 'xml', label: 'payout.file_pain001' },
] as const;
const RELEASED = ['SENT', 'PART_SETTLED', 'SETTLED'];

/** The files for the bank: the same bytes whenever they are asked for, which their hashes prove. */
export const PayoutFiles = ({ payout }: { payout: PayoutDetail }) => {
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  const [busy, setBusy] = useState(false);
  const download = async (format: string, ending: string) => {
    setBusy(true);
    try {
      const path = await brandPath('distribution', `payouts/${payout.id}/file?format=${format}`);
      saveFile(await (await send(path)).blob(), `payout-${payout.id}.${ending}`);
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (payout.csvHash === null) return <Quiet>{translate('payout.no_file_yet')}</Quiet>;
  return (
    <>
      <Facts>
        <Fact label="payout.hash_csv">
          <code title={payout.csvHash}>{payout.csvHash.slice(0, 16)}…</code>
        </Fact>
        <Fact label="payout.hash_pain001">
          <code title={payout.pain001Hash ?? ''}>{payout.pain001Hash?.slice(0, 16)}…</code>
        </Fact>
      </Facts>
      {RELEASED.includes(payout.state) && mayDo('payouts', 'release') ? (
        <Box sx={{ display: 'flex', gap: 1, mt: 2, flexWrap: 'wrap' }}>
          {FORMATS.map(({ format, ending, label }) => (
            <Button key={format} variant="outlined" startIcon={<Download />} disabled={busy} onClick={() => void download(format, ending)}>
              {translate(label)}
            </Button>
          ))}
        </Box>
      ) : (
        <Quiet>{translate('payout.file_after_release')}</Quiet>
      )}
    </>
  );
};
