import { Box, Typography } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';

/** The service's own words, with the figures of the case. They are English: in another language they are asked for first. */
export const InFull = ({ children }: { children: string }) => {
  const translate = useTranslate();
  const english = useLocale().startsWith('en');
  if (children === '') return null;
  const words = (
    <Typography variant="caption" component="div" lang="en" sx={{ overflowWrap: 'anywhere', opacity: 0.8 }}>
      {children}
    </Typography>
  );
  if (english) return words;
  return (
    <Box component="details" sx={{ '& summary': { cursor: 'pointer' } }}>
      <Typography component="summary" variant="caption" color="textSecondary">
        {translate('problem.in_full')}
      </Typography>
      {words}
    </Box>
  );
};
