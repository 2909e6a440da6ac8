import { useRecordContext, useTranslate } from 'react-admin';
import { ActionButton } from '../pages/ActionButton';
import { Quiet } from '../pages/Section';
import { isMe, mayDo } from '../providers/access';
import type { PeriodRow } from '../providers/rows';

/** What is asked for next of a period that is not closed, and by whom it may be done. */
function nextStep({ state, closingStartedBy }: PeriodRow): 'start' | 'close' | 'wait' | null {
  if (state === 'OPEN' && mayDo('periods', 'start')) return 'start';
  if (state === 'CLOSING' && isMe(closingStartedBy)) return 'wait';
  return state === 'CLOSING' && mayDo('periods', 'close') ? 'close' : null;
}

/** One person starts closing a period, another closes it. Obstacles give way to a reason, except that it has not ended. */
export const PeriodActions = () => {
  const translate = useTranslate();
  const period = useRecordContext<PeriodRow>();
  if (!period || period.obstacles.some(({ code }) => code === 'not_ended' || code === 'books_mismatch')) return null;
  const step = nextStep(period);
  if (step === null) return null;
  if (step === 'wait') return <Quiet>{translate('period.wait')}</Quiet>;
  const needsReason = period.obstacles.some(({ excused }) => !excused);
  return (
    <ActionButton
      label={`period.${step}${needsReason ? '_anyway' : ''}`}
      variant={needsReason ? 'outlined' : 'contained'}
      withoutReason={!needsReason}
      minLength={5}
      consequence={[
        translate(`period.consequence.${step}`, { period: period.period }),
        needsReason ? translate('period.consequence.override') : '',
      ].join(' ')}
      act={(reason) => ({
        path: `periods/${period.period}/${step === 'start' ? 'start-close' : 'close'}`,
        body: needsReason ? { override: reason } : {},
        done: `period.done.${step}`,
      })}
    />
  );
};
