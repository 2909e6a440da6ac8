import { disputeState } from '@concentric/contracts';
import { disputeRefusal, disputeTransitions, type DisputeAction } from './dispute.rules';

const actions = Object.keys(disputeTransitions) as DisputeAction[];
const from: Record<DisputeAction, string> = { propose: 'OPEN', accept: 'PROPOSED', refuse: 'PROPOSED' };

describe('a dispute', () => {
  it.each(disputeState.options.flatMap((state) => actions.map((action) => [state, action] as const)))('%s: %s', (state, action) => {
    const [resolution, amountMinor] = state === 'OPEN' ? [null, null] : ['adjust' as const, 100];
    const dispute = { state, proposedBy: state === 'OPEN' ? null : 'maker', resolution, amountMinor };
    const seen = { resolution: 'adjust' as const, amountMinor: 100 };
    expect(disputeRefusal(action, dispute, 'checker', seen)?.code).toBe(state === from[action] ? undefined : 'wrong_state');
    if (action === 'propose' || state !== 'PROPOSED') return;
    expect(disputeRefusal(action, dispute, 'maker', seen)?.code).toBe('same_person');
    for (const other of [{ ...seen, amountMinor: 99 }, { resolution: 'reject' as const }, undefined])
      expect(disputeRefusal(action, dispute, 'checker', other)?.code).toBe('changed_meanwhile');
  });

  it('inv 40: is rejected by whoever saw that this is proposed, which has no amount', () => {
    const dispute = { state: 'PROPOSED' as const, proposedBy: 'maker', resolution: 'reject' as const, amountMinor: null };
    expect(disputeRefusal('accept', dispute, 'checker', { resolution: 'reject' })).toBeNull();
  });

  it('ends once', () => {
    expect(actions.filter((action) => disputeTransitions[action].from === 'RESOLVED')).toEqual([]);
  });
});
