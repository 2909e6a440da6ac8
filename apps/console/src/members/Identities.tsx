import type { MemberDetail } from '@concentric/contracts';
import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Word } from '../fields/fields';
import { ReasonDialog } from '../pages/ReasonDialog';
import { useTellProblem } from '../problem/useTellProblem';
import { mayDo } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { RevealedIdentities } from '../providers/rows';

/** Masked until somebody gives a reason; the look is recorded with it. */
export const Identities = ({ member }: { member: MemberDetail }) => {
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<RevealedIdentities['identities'] | null>(null);

  const reveal = async (reason: string) => {
    setAsking(false);
    try {
      const path = await brandPath('membership', `members/${member.customerId}/reveal`);
      setShown((await sendJson<RevealedIdentities>('POST', path, { reason })).identities);
    } catch (error) {
      tellProblem(error);
    }
  };

  const rows =
    shown?.map(({ type, value }) => ({ type, text: value })) ?? member.identities.map(({ type, masked }) => ({ type, text: masked }));
  return (
    <>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {rows.map((row) => (
          <Box component="li" key={`${row.type} ${row.text}`} sx={{ py: 0.75 }}>
            <Typography variant="caption" color="textSecondary" component="div">
              <Word plain group="identity" value={row.type} />
            </Typography>
            <span>{row.text}</span>
          </Box>
        ))}
      </Box>
      {mayDo('members', 'reveal') && !shown ? (
        <Button size="small" onClick={() => setAsking(true)} sx={{ mt: 1 }}>
          {translate('member.reveal')}
        </Button>
      ) : null}
      <ReasonDialog
        open={asking}
        title="member.reveal"
        consequence={translate('member.reveal_consequence')}
        action="member.reveal"
        minLength={5}
        onCancel={() => setAsking(false)}
        onReason={(reason) => void reveal(reason)}
      />
    </>
  );
};
