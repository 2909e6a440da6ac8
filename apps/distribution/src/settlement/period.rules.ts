import type { periodState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

export type PeriodState = z.infer<typeof periodState>;
export type PeriodAction = 'start' | 'close' | 'seal';

/** What may happen to a period, in this order and never back: there is no reopening. */
export const periodTransitions: Readonly<Record<PeriodAction, { from: PeriodState; to: PeriodState }>> = {
  start: { from: 'OPEN', to: 'CLOSING' },
  close: { from: 'CLOSING', to: 'CLOSED' },
  seal: { from: 'CLOSED', to: 'SEALED' },
};

/** What a reason for passing an obstacle is given for: not to wait for it, whatever it grows to; of undecided rules these very ones. */
export function namesOf({ code, ruleIds }: { code: string; ruleIds?: readonly string[] }): readonly string[] {
  return ruleIds ?? [code];
}

/** Whether the reason that was given for what `excused` names covers the obstacle as it is now. */
export function isExcused(obstacle: Parameters<typeof namesOf>[0], excused: readonly string[]): boolean {
  return namesOf(obstacle).every((name) => excused.includes(name));
}

/** Why somebody may not start closing a period, or close it, or null. Who started may not close (inv 40). */
export function periodRefusal(
  action: 'start' | 'close',
  { state, closingStartedBy }: { state: PeriodState; closingStartedBy: string | null },
  actorId: string,
): Refusal | null {
  if (action === 'close' && state === 'OPEN')
    return { code: 'closing_not_started', message: 'Somebody has to start closing the period first; another person then closes it.' };
  if (action === 'start' && state === 'CLOSING')
    return { code: 'closing_started', message: 'Somebody has started closing this period; another person has to close it.' };
  if (state !== periodTransitions[action].from)
    return { code: 'period_not_open', message: `The period is ${state}; there is no reopening.` };
  if (action === 'close' && closingStartedBy === actorId)
    return { code: 'same_person', message: 'Who started closing a period may not close it; ask a colleague.' };
  return null;
}
