import { decisionRefusal, proposalRefusal, type HeldAction, type HeldOrder } from './held-purchase.rules';

const STATES = ['PENDING', 'HELD', 'DECIDED', 'VOID'];
const REASONS = ['unknown_partner', 'no_plan', 'cost_unknown', 'budget_exceeded', 'account_halted'] as const;
const ACTIONS: HeldAction[] = ['void', 'accept'];
const every = STATES.flatMap((state) => REASONS.flatMap((reason) => ACTIONS.map((action) => [state, reason, action] as const)));

describe('a held order', () => {
  it.each(every)('%s for %s: %s', (state, reason, action) => {
    const order: HeldOrder = { state, reason, detail: 'line 1: 700 of at most 500', proposal: null };
    const expected =
      state !== 'HELD' ? 'order_not_held' : action === 'accept' && reason !== 'budget_exceeded' ? 'not_acceptable' : undefined;
    expect(proposalRefusal(action, order)?.code).toBe(expected);
    const proposed: HeldOrder = { ...order, proposal: { action, detail: order.detail, proposedBy: 'maker' } };
    expect(decisionRefusal(true, action, proposed, 'checker')?.code).toBe(expected);
    expect(decisionRefusal(false, action, proposed, 'checker')).toBeNull();
    const worse = { ...proposed, detail: 'line 1: 1100 of at most 500' };
    expect(decisionRefusal(true, action, worse, 'checker')?.code).toBe(expected ?? (action === 'accept' ? 'changed_meanwhile' : undefined));
    expect(decisionRefusal(false, action, worse, 'checker')).toBeNull();
    // Refused or not: what is decided on is what was seen (inv 40).
    const other = action === 'void' ? 'accept' : 'void';
    for (const approve of [true, false]) expect(decisionRefusal(approve, other, proposed, 'checker')?.code).toBe('changed_meanwhile');
    expect(decisionRefusal(true, action, proposed, 'maker')?.code).toBe('same_person');
    expect(decisionRefusal(false, action, proposed, 'maker')?.code).toBe('same_person');
    expect(decisionRefusal(true, action, order, 'checker')?.code).toBe('nothing_proposed');
    expect(proposalRefusal(action, { ...proposed })?.code).toBe(state === 'HELD' ? 'proposed_already' : 'order_not_held');
  });
});
