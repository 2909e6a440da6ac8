import Help from '@mui/icons-material/HelpOutlineOutlined';
import { IconButton, Tooltip } from '@mui/material';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { SideDrawer } from '../pages/SideDrawer';
import type { CommissionLine } from '../providers/rows';
import { LineHold } from './LineHold';
import { WhyAmount } from './WhyAmount';

/** Stands beside an amount and opens its explanation without leaving the page; what may be done about it comes first. */
export const WhyButton = ({ lineId, children }: { lineId: string; children?: ReactNode }) => {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const ask = (event: MouseEvent) => {
    event.stopPropagation();
    setOpen(true);
  };
  return (
    <>
      <Tooltip title={translate('why.title')}>
        <IconButton size="small" color="primary" onClick={ask} aria-label={translate('why.title')}>
          <Help fontSize="small" />
        </IconButton>
      </Tooltip>
      <SideDrawer title="why.title" open={open} onClose={() => setOpen(false)}>
        {children}
        <WhyAmount lineId={lineId} />
      </SideDrawer>
    </>
  );
};

/** The same for a line, which may be held there. */
export const WhyLine = ({ line }: { line: CommissionLine }) => (
  <WhyButton lineId={line.id}>
    <LineHold line={line} />
  </WhyButton>
);

export const WhyField = () => {
  const line = useRecordContext<CommissionLine>();
  return line ? <WhyLine line={line} /> : null;
};
