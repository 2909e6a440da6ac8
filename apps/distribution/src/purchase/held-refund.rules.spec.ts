import { voidDecisionRefusal, voidProposalRefusal } from './held-refund.rules';

const states = ['PENDING', 'HELD', 'APPLIED', 'VOID'];
const reasons = ['exceeds_paid', 'account_halted', null];

describe('a held refund', () => {
  it.each(states.flatMap((state) => reasons.map((heldReason) => ({ state, heldReason }))))('%j', (found) => {
    const refund = { ...found, voidProposedBy: null };
    const expected = found.state !== 'HELD' ? 'refund_not_held' : found.heldReason === 'exceeds_paid' ? undefined : 'refund_not_voidable';
    expect(voidProposalRefusal(refund)?.code).toBe(expected);
    const proposed = { ...refund, voidProposedBy: 'maker' };
    expect(voidProposalRefusal(proposed)?.code).toBe(expected ?? 'proposed_already');
    expect(voidDecisionRefusal(true, proposed, 'checker')?.code).toBe(expected);
    expect(voidDecisionRefusal(false, proposed, 'checker')).toBeNull();
    for (const approve of [true, false]) {
      expect(voidDecisionRefusal(approve, proposed, 'maker')?.code).toBe('same_person');
      expect(voidDecisionRefusal(approve, refund, 'checker')?.code).toBe('nothing_proposed');
    }
  });
});
