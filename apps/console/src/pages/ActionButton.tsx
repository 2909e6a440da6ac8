import { Button, type ButtonProps } from '@mui/material';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { ReasonDialog } from './ReasonDialog';
import { useAct, type Act } from './useAct';

interface ActionButtonProps extends Pick<ButtonProps, 'variant' | 'color' | 'size'> {
  label: string;
  /** What will happen, in words of the person who decides. Without it nothing is asked: it is harmless. */
  consequence?: string;
  /** Only the consequence is confirmed, no reason is asked for. */
  withoutReason?: boolean;
  minLength?: number;
  /** What else is looked at or filled in before deciding. */
  children?: ReactNode;
  incomplete?: boolean;
  act: (reason: string) => Act;
}

/** Does something that counts: names the consequence, asks once, and says how it went. */
export const ActionButton = ({
  label,
  consequence,
  withoutReason,
  minLength = 2,
  children,
  incomplete,
  act,
  ...button
}: ActionButtonProps) => {
  const translate = useTranslate();
  const send = useAct();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const go = async (reason: string) => {
    setAsking(false);
    setBusy(true);
    await send(act(reason));
    setBusy(false);
  };
  const ask = (event: MouseEvent) => {
    event.stopPropagation();
    if (consequence === undefined) void go('');
    else setAsking(true);
  };
  return (
    <>
      <Button size="small" loading={busy} onClick={ask} {...button}>
        {translate(label)}
      </Button>
      <ReasonDialog
        open={asking}
        withoutReason={withoutReason}
        title={label}
        consequence={consequence ?? ''}
        action={label}
        minLength={minLength}
        incomplete={incomplete}
        onCancel={() => setAsking(false)}
        onReason={(reason) => void go(reason)}
      >
        {children}
      </ReasonDialog>
    </>
  );
};
