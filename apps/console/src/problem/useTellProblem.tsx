import { useNotify } from 'react-admin';
import { ProblemAlert } from './ProblemAlert';

/** Tells what went wrong with an action. It stays until it is dismissed: a remedy takes longer to read than a toast lasts. */
export function useTellProblem() {
  const notify = useNotify();
  return (error: unknown) => notify(<ProblemAlert error={error} />, { type: 'error', autoHideDuration: null });
}
