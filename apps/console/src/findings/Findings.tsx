import { Alert, Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Day } from '../fields/fields';
import { Who } from '../fields/Who';
import { ActionButton } from '../pages/ActionButton';
import { Loaded, Quiet } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { FindingRow } from '../providers/rows';
import { FindingText } from './FindingText';

const Accept = ({ finding }: { finding: FindingRow }) => {
  const translate = useTranslate();
  return (
    <ActionButton
      label="finding.accept"
      variant="outlined"
      consequence={translate('finding.consequence')}
      act={(reason) => ({ path: `findings/${finding.id}/accept`, body: { reason }, done: 'finding.accepted' })}
    />
  );
};

const One = ({ finding }: { finding: FindingRow }) => {
  const isOpen = finding.state === 'OPEN';
  return (
    <Alert
      severity={isOpen ? 'warning' : 'success'}
      variant="outlined"
      action={isOpen && mayDo('findings', 'accept') ? <Accept finding={finding} /> : null}
    >
      <FindingText finding={finding} />
      {isOpen ? null : (
        <Typography variant="caption" color="textSecondary" component="div">
          <Who id={finding.acceptedBy} /> · <Day value={finding.acceptedAt} />: {finding.acceptedReason}
        </Typography>
      )}
    </Alert>
  );
};

/** What is unusual about a statement, each with its reason, and who accepted it why. */
export const Findings = ({ statementId }: { statementId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<{ data: FindingRow[] }>('distribution', `findings?statementId=${statementId}&limit=100`);
  return (
    <Loaded query={query}>
      {({ data }) => (
        <Box sx={{ display: 'grid', gap: 1 }} data-testid="findings">
          {data.length === 0 ? <Quiet>{translate('finding.none')}</Quiet> : null}
          {data.map((finding) => (
            <One key={finding.id} finding={finding} />
          ))}
        </Box>
      )}
    </Loaded>
  );
};
