import { decisionRefusal, proposalRefusal, type HeldAction, type HeldOrder } from './held-purchase.rules';

const STATES = ['PENDING', 'HELD', 'DECIDED', 'VOID'];
const REASONS = ['unknown_partner', 'no_plan', 'cost_unknown', 'budget_exceeded', 'account_halted'] as const;
const ACTIONS: HeldAction[] = ['void', 'accept'];
const every = STATES.flatMap((state) => REASONS.flatMap((reason) => ACTIONS.map((action) => [state, reason, action] as const)));

describe('a held order', () => {
  it.each(every)('%s for %s: %s', (state, reason, action) => {
    const order: HeldOrder = { state, reason, proposal: null };
    const expected =
      state !== 'HELD' ? 'order_not_held' : action === 'accept' && reason !== 'budget_exceeded' ? 'not_acceptable' : undefined;
    expect(proposalRefusal(action, order)?.code).toBe(expected);
    const proposed: HeldOrder = { ...order, proposal: { action, proposedBy: 'maker' } };
    expect(decisionRefusal(true, proposed, 'checker')?.code).toBe(expected);
    expect(decisionRefusal(false, proposed, 'checker')).toBeNull();
    expect(decisionRefusal(true, proposed, 'maker')?.code).toBe('same_person');
    expect(decisionRefusal(false, proposed, 'maker')?.code).toBe('same_person');
    expect(decisionRefusal(true, order, 'checker')?.code).toBe('nothing_proposed');
    expect(proposalRefusal(action, { ...proposed })?.code).toBe(state === 'HELD' ? 'proposed_already' : 'order_not_held');
  });
});
