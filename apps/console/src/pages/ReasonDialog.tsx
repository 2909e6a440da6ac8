import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';

interface ReasonDialogProps {
  open: boolean;
  title: string;
  /** What will happen, in words of the person who decides. */
  consequence: string;
  action: string;
  minLength?: number;
  /** No text is asked for: only the consequence is confirmed. */
  withoutReason?: boolean;
  /** What else the person looks at or fills in before deciding. */
  children?: ReactNode;
  /** Something above is not filled in yet. */
  incomplete?: boolean;
  onCancel: () => void;
  onReason: (reason: string) => void;
}

/** Names the consequence and asks once. */
export const ReasonDialog = ({
  open,
  title,
  consequence,
  action,
  minLength = 1,
  withoutReason,
  children,
  incomplete,
  onCancel,
  onReason,
}: ReasonDialogProps) => {
  const translate = useTranslate();
  const [reason, setReason] = useState('');
  const ready = !incomplete && (withoutReason || reason.trim().length >= minLength);
  return (
    <Dialog open={open} onClose={onCancel} fullWidth maxWidth="sm" slotProps={{ transition: { onExited: () => setReason('') } }}>
      <DialogTitle>{translate(title)}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{consequence}</DialogContentText>
        {children}
        {withoutReason ? null : (
          <TextField
            autoFocus
            fullWidth
            multiline
            minRows={2}
            label={translate('reason.label')}
            helperText={translate('reason.help', { length: minLength })}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        <Button onClick={onCancel}>{translate('ra.action.cancel')}</Button>
        <Button variant="contained" disabled={!ready} autoFocus={withoutReason} onClick={() => onReason(reason.trim())}>
          {translate(action)}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
