import type { lineState } from '@concentric/contracts';
import type { Refusal } from '@concentric/service-kit';
import type { z } from 'zod';

export type HoldAction = 'hold' | 'release';

/** Why a line cannot be held back, or released, or null; whoever is refused is told what to do instead. */
export function holdRefusal(
  action: HoldAction,
  { state, holdReason }: { state: z.infer<typeof lineState>; holdReason: string | null },
): Refusal | null {
  if (action === 'release') return holdReason === null ? { code: 'line_not_held', message: 'The line is not on hold.' } : null;
  if (state === 'MATURED')
    return {
      code: 'line_matured',
      message: 'It has been released to a statement: void that while it is a draft, block the partner, or propose an adjustment.',
    };
  if (state === 'REVERSED') return { code: 'line_reversed', message: 'Nothing is left of it: it has been taken back in full.' };
  return holdReason === null ? null : { code: 'line_held_already', message: 'The line is on hold already.' };
}
