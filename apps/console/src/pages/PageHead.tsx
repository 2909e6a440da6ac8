import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Title, useTranslate } from 'react-admin';

/** Title and lead of a page that is no list. */
export const PageHead = ({ title, intro, children }: { title: string; intro?: string; children?: ReactNode }) => {
  const translate = useTranslate();
  const text = translate(title, { _: title });
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 2,
        alignItems: 'flex-start',
        justifyContent: 'space-between',
        flexWrap: 'wrap',
        mt: 3,
      }}
    >
      <Title title={text} />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h5" component="h1">
          {text}
        </Typography>
        {intro ? (
          <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5, maxWidth: 760 }}>
            {translate(intro)}
          </Typography>
        ) : null}
      </Box>
      {children ? <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>{children}</Box> : null}
    </Box>
  );
};
