import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { InFull } from './InFull';
import { problemOf, problemText, useFaultText } from './problem';

/** What went wrong, what to do about each part of it, and the number to quote to whoever operates the system. */
export const ProblemAlert = ({ error }: { error: unknown }) => {
  const translate = useTranslate();
  const faultText = useFaultText();
  const problem = problemOf(error);
  const errors = problem?.errors ?? [];
  return (
    <Alert severity="error" variant="outlined" sx={{ my: 1, textAlign: 'left', bgcolor: 'background.paper' }}>
      <AlertTitle>{problemText(error, translate)}</AlertTitle>
      {errors.length > 0 ? (
        <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
          {errors.map((entry) => {
            const { reason, remedy } = faultText(entry);
            return (
              <li key={`${entry.field} ${entry.code}`}>
                {entry.field === '' ? null : (
                  <>
                    <strong>{entry.field}</strong>:{' '}
                  </>
                )}
                {[reason, remedy].filter(Boolean).join(' — ')}
              </li>
            );
          })}
        </Box>
      ) : null}
      <InFull>{[problem?.detail, ...errors.map(({ message }) => message)].filter(Boolean).join(' · ')}</InFull>
      {problem?.instance ? (
        <Typography variant="caption" color="textSecondary">
          {translate('problem.reference', { id: problem.instance })}
        </Typography>
      ) : null}
    </Alert>
  );
};
