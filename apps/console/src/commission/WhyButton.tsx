import Help from '@mui/icons-material/HelpOutlineOutlined';
import Close from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Tooltip, Typography } from '@mui/material';
import { useState, type MouseEvent } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { WhyAmount } from './WhyAmount';

/** Stands beside an amount and opens its explanation without leaving the page. */
export const WhyButton = ({ lineId }: { lineId: string }) => {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const toggle = (next: boolean) => (event: MouseEvent | object) => {
    if ('stopPropagation' in event) (event as MouseEvent).stopPropagation();
    setOpen(next);
  };
  return (
    <>
      <Tooltip title={translate('why.title')}>
        <IconButton size="small" color="primary" onClick={toggle(true)} aria-label={translate('why.title')}>
          <Help fontSize="small" />
        </IconButton>
      </Tooltip>
      <Drawer anchor="right" open={open} onClose={toggle(false)} onClick={(event) => event.stopPropagation()}>
        <Box sx={{ width: { xs: '100vw', sm: 520 }, p: 3, pt: 9 }}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', mb: 1 }}>
            <Typography variant="h6" component="h2">
              {translate('why.title')}
            </Typography>
            <IconButton onClick={toggle(false)} aria-label={translate('ra.action.close')}>
              <Close />
            </IconButton>
          </Box>
          {open ? <WhyAmount lineId={lineId} /> : null}
        </Box>
      </Drawer>
    </>
  );
};

export const WhyField = () => {
  const record = useRecordContext();
  return record ? <WhyButton lineId={String(record.id)} /> : null;
};
