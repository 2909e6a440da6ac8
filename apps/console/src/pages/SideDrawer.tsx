import Close from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';

interface SideDrawerProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Something beside the page, which stays where it is. */
export const SideDrawer = ({ title, open, onClose, children }: SideDrawerProps) => {
  const translate = useTranslate();
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      onClick={(event) => event.stopPropagation()}
      slotProps={{ paper: { role: 'dialog', 'aria-label': translate(title) } }}
    >
      <Box sx={{ width: { xs: '100vw', sm: 560 }, p: 3, pt: 9 }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', mb: 1 }}>
          <Typography variant="h6" component="h2">
            {translate(title)}
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
