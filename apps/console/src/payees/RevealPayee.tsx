import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ReasonDialog } from '../pages/ReasonDialog';
import { Fact, Facts } from '../pages/Section';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';
import type { PayeeRevealed, PayeeRow } from '../providers/rows';

/** Shows payee details in plain text to whoever compares them with the evidence. Every look is recorded with its reason. */
export const RevealPayee = ({ payee }: { payee: PayeeRow }) => {
  const translate = useTranslate();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<PayeeRevealed | null>(null);
  const reveal = async (reason: string) => {
    setAsking(false);
    try {
      const path = await brandPath('distribution', `payees/${payee.id}/reveal`);
      setShown(await sendJson<PayeeRevealed>('POST', path, { reason }));
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {translate('member.reveal')}
      </Button>
      <ReasonDialog
        open={asking}
        title="member.reveal"
        consequence={translate('payee.effect.reveal', { partner: payee.partnerName })}
        action="member.reveal"
        minLength={3}
        onCancel={() => setAsking(false)}
        onReason={(reason) => void reveal(reason)}
      />
      <Dialog open={shown !== null} onClose={() => setShown(null)} fullWidth maxWidth="sm">
        <DialogTitle>{payee.partnerName}</DialogTitle>
        <DialogContent>
          <Facts>
            <Fact label="payee.holder">{shown?.holder}</Fact>
            <Fact label="payee.account">{shown?.account}</Fact>
            <Fact label="payee.bank">{shown?.bankId}</Fact>
          </Facts>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setShown(null)}>{translate('ra.action.close')}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
};
