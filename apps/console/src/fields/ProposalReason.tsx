import { Typography } from '@mui/material';
import { useRecordContext } from 'react-admin';
import { Who } from './Who';

interface Proposal {
  id: string;
  reason: string;
  proposedBy: string;
  decidedBy: string | null;
  decisionReason: string | null;
}

/** Why a document is there, who proposed it, and who decided on it and why. */
export const ProposalReason = () => {
  const row = useRecordContext<Proposal>();
  if (!row) return null;
  return (
    <>
      {row.reason}
      <Typography variant="caption" color="textSecondary" component="div">
        <Who id={row.proposedBy} />
        {row.decidedBy ? (
          <>
            {' → '}
            <Who id={row.decidedBy} />: {row.decisionReason}
          </>
        ) : null}
      </Typography>
    </>
  );
};
