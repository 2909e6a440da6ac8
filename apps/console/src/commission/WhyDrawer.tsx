import Close from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';

/** An explanation beside the page, which stays where it is. */
export const WhyDrawer = ({ open, onClose, children }: { open: boolean; onClose: () => void; children: ReactNode }) => {
  const translate = useTranslate();
  return (
    <Drawer anchor="right" open={open} onClose={onClose} onClick={(event) => event.stopPropagation()}>
      <Box sx={{ width: { xs: '100vw', sm: 560 }, p: 3, pt: 9 }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', mb: 1 }}>
          <Typography variant="h6" component="h2">
            {translate('why.title')}
          </Typography>
          <IconButton onClick={onClose} aria-label={translate('ra.action.close')}>
            <Close />
          </IconButton>
        </Box>
        {open ? children : null}
      </Box>
    </Drawer>
  );
};
