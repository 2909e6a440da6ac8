import { disputeState } from '@concentric/contracts';
import { disputeRefusal, disputeTransitions, type DisputeAction } from './dispute.rules';

const actions = Object.keys(disputeTransitions) as DisputeAction[];
const from: Record<DisputeAction, string> = { propose: 'OPEN', accept: 'PROPOSED', refuse: 'PROPOSED' };

describe('a dispute', () => {
  it.each(disputeState.options.flatMap((state) => actions.map((action) => [state, action] as const)))('%s: %s', (state, action) => {
    const dispute = { state, proposedBy: state === 'OPEN' ? null : 'maker' };
    expect(disputeRefusal(action, dispute, 'checker')?.code).toBe(state === from[action] ? undefined : 'wrong_state');
    if (action !== 'propose' && state === 'PROPOSED') expect(disputeRefusal(action, dispute, 'maker')?.code).toBe('same_person');
  });

  it('ends once', () => {
    expect(actions.filter((action) => disputeTransitions[action].from === 'RESOLVED')).toEqual([]);
  });
});
