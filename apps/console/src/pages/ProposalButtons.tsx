import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { isMe, mayDo } from '../providers/access';
import { ActionButton } from './ActionButton';
import { Quiet } from './Section';

interface ProposalButtonsProps {
  /** Whose action `decide` the decision needs. */
  resource: string;
  /** Where the decision is sent. */
  path: string;
  proposedBy: string | null;
  /** What an approval brings about, and what a refusal does. */
  approving: string;
  refusing: string;
  /** What else the decision has to name. */
  body?: object;
  approve?: string;
  refuse?: string;
}

/** The second person's decision on what another one proposed. Everybody else is told that it waits. */
export const ProposalButtons = ({
  resource,
  path,
  proposedBy,
  approving,
  refusing,
  body,
  approve = 'proposal.approve',
  refuse = 'proposal.refuse',
}: ProposalButtonsProps) => {
  const translate = useTranslate();
  const waits = (text: string) => (
    <Box sx={{ minWidth: 110 }}>
      <Quiet>{translate(text)}</Quiet>
    </Box>
  );
  if (isMe(proposedBy)) return waits('proposal.own');
  if (!mayDo(resource, 'decide')) return waits('proposal.waits');
  const act = (approved: boolean) => (reason: string) => ({
    path,
    body: { ...body, approve: approved, reason },
    done: approved ? 'proposal.approved' : 'proposal.refused',
  });
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <ActionButton label={approve} variant="contained" consequence={approving} act={act(true)} />
      <ActionButton label={refuse} variant="outlined" consequence={refusing} act={act(false)} />
    </Box>
  );
};
