import { payoutItemState } from '@concentric/contracts';
import { mayHappenToItem, payoutItemTransitions, type PayoutItemAction } from './payout-item.rules';

const actions = Object.keys(payoutItemTransitions) as PayoutItemAction[];
const legal = [
  'PLANNED eject EJECTED',
  'PLANNED cancel CANCELLED',
  'PLANNED send SENT',
  'SENT doubt UNKNOWN',
  'SENT pay PAID',
  'SENT fail FAILED',
  'UNKNOWN pay PAID',
  'UNKNOWN fail FAILED',
  'PAID return RETURNED',
];

describe('a payout item', () => {
  it.each(payoutItemState.options.flatMap((state) => actions.map((action) => [state, action] as const)))(
    'inv 38: %s: %s',
    (state, action) => {
      expect(mayHappenToItem(action, state)).toBe(legal.includes(`${state} ${action} ${payoutItemTransitions[action].to}`));
    },
  );

  it('inv 36, 38: lets its statement be paid again only once it can no longer become money', () => {
    const live = ['PLANNED', 'SENT', 'UNKNOWN', 'PAID'];
    for (const { to, statement } of Object.values(payoutItemTransitions))
      expect(['exclude', 'return'].includes(statement ?? '')).toBe(!live.includes(to));
  });
});
