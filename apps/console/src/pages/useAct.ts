import { useNotify, useRefresh } from 'react-admin';
import { useTellProblem } from '../problem/useTellProblem';
import { brandPath } from '../providers/dataProvider';
import { sendJson } from '../providers/http';

/** Something that changes the brand's books or documents. */
export interface Act {
  /** Below the brand of the distribution service. */
  path: string;
  method?: 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** Text key of what is said when it is done. */
  done: string;
}

/** Sends it, says that it is done or why not, and reads everything on screen again. True when it was done. */
export function useAct(): (act: Act) => Promise<boolean> {
  const notify = useNotify();
  const refresh = useRefresh();
  const tellProblem = useTellProblem();
  return async ({ path, method = 'POST', body, done }) => {
    try {
      await sendJson(method, await brandPath('distribution', path), body);
      notify(done, { type: 'success' });
      return true;
    } catch (error) {
      tellProblem(error);
      return false;
    } finally {
      // Also after a refusal: most often somebody else was faster.
      refresh();
    }
  };
}
