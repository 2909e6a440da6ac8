import Help from '@mui/icons-material/HelpOutlineOutlined';
import { IconButton, Tooltip } from '@mui/material';
import { useState, type MouseEvent } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { SideDrawer } from '../pages/SideDrawer';
import { WhyAmount } from './WhyAmount';

/** Stands beside an amount and opens its explanation without leaving the page. */
export const WhyButton = ({ lineId }: { lineId: string }) => {
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
        <WhyAmount lineId={lineId} />
      </SideDrawer>
    </>
  );
};

export const WhyField = () => {
  const record = useRecordContext();
  return record ? <WhyButton lineId={String(record.id)} /> : null;
};
