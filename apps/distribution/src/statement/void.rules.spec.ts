import { statementState } from '@concentric/contracts';
import { voidRefusal, type VoidAction, type Voidable } from './void.rules';

const proposed: Voidable = { state: 'DRAFT', voidProposedBy: 'maker', followed: false };
const untouched: Voidable = { ...proposed, voidProposedBy: null };

describe('voiding a statement', () => {
  const actions: VoidAction[] = ['propose', 'void', 'keep'];
  it.each(statementState.options.flatMap((state) => actions.map((action) => [state, action] as const)))(
    'inv 34: %s: %s',
    (state, action) => {
      const legal = state === 'DRAFT' || state === 'IN_REVIEW';
      expect(voidRefusal(action, { ...(action === 'propose' ? untouched : proposed), state }, 'checker')?.code).toBe(
        legal ? undefined : 'wrong_state',
      );
    },
  );

  it.each<[string, VoidAction, Voidable, string, string | undefined]>([
    ['inv 40: who proposed it may not decide', 'void', proposed, 'maker', 'same_person'],
    ['inv 40: nor keep it alone', 'keep', proposed, 'maker', 'same_person'],
    ['it is proposed once', 'propose', proposed, 'other', 'void_proposed'],
    ['nobody proposed it', 'void', untouched, 'checker', 'void_not_proposed'],
    ['nobody proposed it, and it stays', 'keep', untouched, 'checker', 'void_not_proposed'],
    ['inv 31: the next month builds on it', 'propose', { ...untouched, followed: true }, 'maker', 'later_statement'],
    ['inv 31: the next month has been built meanwhile', 'void', { ...proposed, followed: true }, 'checker', 'later_statement'],
    ['which does not keep it from staying', 'keep', { ...proposed, followed: true }, 'checker', undefined],
  ])('%s', (_, action, statement, actor, code) => {
    expect(voidRefusal(action, statement, actor)?.code).toBe(code);
  });
});
