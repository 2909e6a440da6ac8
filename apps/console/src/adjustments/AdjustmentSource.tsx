import { Link } from 'react-admin';
import { Word } from '../fields/fields';
import { filtered } from '../pages/filtered';
import { mayDo } from '../providers/access';
import type { AdjustmentRow } from '../providers/rows';

interface AdjustmentSourceProps extends Pick<AdjustmentRow, 'source' | 'partnerId'> {
  /** Not told to partners. */
  sourceId: string | null;
}

/** What an adjustment comes from, leading there: to the run that was booked, or to the disputes of the partner. */
export const AdjustmentSource = ({ source, sourceId, partnerId }: AdjustmentSourceProps) => {
  const word = <Word plain group="adjustment_source" value={source} />;
  if (source === 'recalculation' && sourceId && mayDo('recalculations', 'read'))
    return <Link to={`/recalculations/${sourceId}/show`}>{word}</Link>;
  if (source === 'dispute' && mayDo('disputes', 'read')) return <Link to={filtered('disputes', { partnerId })}>{word}</Link>;
  return word;
};
