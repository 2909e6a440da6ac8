import { Box, Card, CircularProgress, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemAlert } from '../problem/ProblemAlert';

interface SectionProps {
  title: string;
  /** Instead of the plain title, such as a name with its definition. */
  heading?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export const Section = ({ title, heading, aside, children }: SectionProps) => {
  const translate = useTranslate();
  return (
    <Card component="section" aria-label={translate(title)} sx={{ p: { xs: 2, md: 3 }, minWidth: 0 }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'baseline',
          justifyContent: 'space-between',
          gap: 2,
          mb: 1.5,
          flexWrap: 'wrap',
        }}
      >
        <Typography variant="h6" component="h2">
          {heading ?? translate(title)}
        </Typography>
        {aside}
      </Box>
      {children}
    </Card>
  );
};

/** Parts of a page beside each other where there is room. */
export const Columns = ({ children, template = '1fr 1fr' }: { children: ReactNode; template?: string }) => (
  <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: template }, mt: 3 }}>{children}</Box>
);

/** Name and value, read as pairs by a screen reader. */
export const Facts = ({ children }: { children: ReactNode }) => (
  <Box
    component="dl"
    sx={{
      m: 0,
      display: 'grid',
      gap: 2,
      gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', sm: 'repeat(auto-fill, minmax(min(100%, 190px), 1fr))' },
      '& dd': { m: 0 },
      // A long date rather takes a second line than the place of its neighbour.
      '& dd time': { whiteSpace: 'normal' },
    }}
  >
    {children}
  </Box>
);

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => {
  const translate = useTranslate();
  return (
    <div>
      <Typography component="dt" variant="caption" color="textSecondary">
        {translate(label)}
      </Typography>
      <Typography component="dd" variant="body1" sx={{ overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </div>
  );
};

/** Waits, tells what went wrong, or shows. */
export const Loaded = <T,>({
  query,
  children,
}: {
  query: { data?: T; error: Error | null; isPending: boolean };
  children: (data: T) => ReactNode;
}) => {
  const translate = useTranslate();
  if (query.error) return <ProblemAlert error={query.error} />;
  if (query.data === undefined) return <CircularProgress size={24} sx={{ m: 2 }} aria-label={translate('ra.page.loading')} />;
  return <>{children(query.data)}</>;
};

export const Quiet = ({ children }: { children: ReactNode }) => (
  <Typography variant="body2" color="textSecondary">
    {children}
  </Typography>
);
