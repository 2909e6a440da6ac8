import { Box, Button, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link, useTranslate } from 'react-admin';
import { mayDo } from '../providers/access';
import { Rings } from '../layout/Rings';

interface EmptyStateProps {
  /** Texts `empty.<name>.title` and `empty.<name>.hint`. */
  name: string;
  /** The one button to begin; shown when the person may do it. */
  begin?: { label: string; to: string; resource: string; action: string };
  children?: ReactNode;
}

/** An empty page teaches: what belongs here and the one button to begin. */
export const EmptyState = ({ name, begin, children }: EmptyStateProps) => {
  const translate = useTranslate();
  return (
    <Box sx={{ textAlign: 'center', py: 8, px: 2, width: '100%' }}>
      <Rings size={64} />
      <Typography variant="h6" component="p" sx={{ mt: 2 }}>
        {translate(`empty.${name}.title`)}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 1, mb: 3, maxWidth: 480, mx: 'auto' }}>
        {translate(`empty.${name}.hint`)}
      </Typography>
      {begin && mayDo(begin.resource, begin.action) ? (
        <Button component={Link} to={begin.to} variant="contained">
          {translate(begin.label)}
        </Button>
      ) : null}
      {children}
    </Box>
  );
};
