import { statementState, type StatementState } from '@concentric/contracts';
import { mayHappen, transitions, type StatementAction } from './lifecycle.rules';

/** As money.md, section 2, tells it, written down once more and independently. */
const LEGAL: readonly (readonly [StatementState, StatementAction, StatementState])[] = [
  ['PARKED', 'rebuild', 'DRAFT'],
  ['DRAFT', 'submit', 'IN_REVIEW'],
  ['IN_REVIEW', 'reject', 'DRAFT'],
  ['IN_REVIEW', 'approve', 'APPROVED'],
  ['DRAFT', 'void', 'VOID'],
  ['IN_REVIEW', 'void', 'VOID'],
  ['APPROVED', 'publish', 'PUBLISHED'],
  ['PUBLISHED', 'confirm', 'CONFIRMED'],
  ['PUBLISHED', 'dispute', 'DISPUTED'],
  ['DISPUTED', 'resolve', 'CONFIRMED'],
  ['CONFIRMED', 'carry', 'CARRIED'],
  ['CONFIRMED', 'release', 'PAYABLE'],
  ['PAYABLE', 'include', 'IN_PAYOUT'],
  ['IN_PAYOUT', 'exclude', 'PAYABLE'],
  ['IN_PAYOUT', 'settle', 'PAID'],
  ['PAID', 'return', 'PAYABLE'],
];
const actions = Object.keys(transitions) as StatementAction[];
const pairs = statementState.options.flatMap((state) => actions.map((action) => [state, action] as const));

describe('the life of a statement', () => {
  it.each(pairs)('%s: %s', (state, action) => {
    const legal = LEGAL.find(([from, does]) => from === state && does === action);
    expect(mayHappen(action, state)).toBe(legal !== undefined);
    if (legal) expect(transitions[action].to).toBe(legal[2]);
  });

  it('inv 34: never leads from what was approved back to a draft', () => {
    const reached = new Set<string>(['APPROVED']);
    for (let size = 0; size < reached.size;) {
      size = reached.size;
      for (const { from, to } of Object.values(transitions)) if (from.some((state) => reached.has(state))) reached.add(to);
    }
    for (const state of ['PARKED', 'DRAFT', 'IN_REVIEW', 'VOID']) expect([...reached]).not.toContain(state);
  });
});
