import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';

/** One step of the explanation; what it rests on is nested below it. */
export const Step = ({ label, children, below }: { label: string; children: ReactNode; below?: ReactNode }) => {
  const translate = useTranslate();
  return (
    <Box component="li" role="treeitem" aria-expanded={below ? true : undefined} sx={{ listStyle: 'none', position: 'relative', pt: 1.25 }}>
      <Typography variant="caption" color="textSecondary" component="div">
        {translate(`why.${label}`)}
      </Typography>
      <Box sx={{ fontSize: '0.92rem', overflowWrap: 'anywhere' }}>{children}</Box>
      {below ? (
        <Box component="ul" role="group" sx={{ m: 0, pl: 2, ml: 0.5, borderLeft: 1, borderColor: 'divider' }}>
          {below}
        </Box>
      ) : null}
    </Box>
  );
};
