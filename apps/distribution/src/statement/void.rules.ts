import type { Refusal } from '@concentric/service-kit';
import { mayHappen } from './lifecycle.rules';

export type VoidAction = 'propose' | 'void' | 'keep';

/** A statement as somebody who would void it finds it. */
export interface Voidable {
  state: string;
  voidProposedBy: string | null;
  /** Does a statement of a later period build on it, or may one be about to? */
  followed: boolean;
}

/**
 * Why an action is refused, or null. Voiding is proposed by one person and decided by another (inv 40), before the
 * statement is approved (inv 34), and only while nothing has been built on it (inv 31).
 */
export function voidRefusal(action: VoidAction, statement: Voidable, actorId: string): Refusal | null {
  if (!mayHappen('void', statement.state))
    return {
      code: 'wrong_state',
      message: `The statement is ${statement.state}; only a draft or one in review becomes void. Propose an adjustment instead.`,
    };
  if (action === 'propose' && statement.voidProposedBy !== null)
    return { code: 'void_proposed', message: 'Somebody proposed to void this statement; decide on that first.' };
  if (action !== 'propose' && statement.voidProposedBy === null)
    return { code: 'void_not_proposed', message: 'Nobody proposed to void this statement.' };
  if (action !== 'propose' && statement.voidProposedBy === actorId)
    return { code: 'same_person', message: 'Who proposed to void a statement may not decide on it; ask a colleague.' };
  if (action !== 'keep' && statement.followed)
    return { code: 'later_statement', message: 'A statement of a later period builds on this one. Propose an adjustment instead.' };
  return null;
}
