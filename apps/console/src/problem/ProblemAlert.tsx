import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { problemOf, problemText } from './problem';

/** What went wrong, what to do about each part of it, and the number to quote to whoever operates the system. */
export const ProblemAlert = ({ error }: { error: unknown }) => {
  const translate = useTranslate();
  const problem = problemOf(error);
  return (
    <Alert severity="error" variant="outlined" sx={{ my: 1, textAlign: 'left', bgcolor: 'background.paper' }}>
      <AlertTitle>{problemText(error, translate)}</AlertTitle>
      {problem?.detail ? <Typography variant="body2">{problem.detail}</Typography> : null}
      {problem?.errors?.length ? (
        <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
          {problem.errors.map((entry) => (
            <li key={`${entry.field} ${entry.code}`}>
              <strong>{entry.field}</strong>: {entry.message}
              {entry.remedy ? ` — ${entry.remedy}` : ''}
            </li>
          ))}
        </Box>
      ) : null}
      {problem?.instance ? (
        <Typography variant="caption" color="textSecondary">
          {translate('problem.reference', { id: problem.instance })}
        </Typography>
      ) : null}
    </Alert>
  );
};
