import { payoutItemState } from '@concentric/contracts';
import {
  mayHappenToItem,
  payoutItemTransitions,
  resolutionRefusal,
  type DoubtedItem,
  type PayoutItemAction,
  type ResolutionAction,
} from './payout-item.rules';

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

describe('the outcome of an item by evidence', () => {
  const proposed = { to: 'PAID' as const, by: 'maker' };
  const doubted = (more: Partial<DoubtedItem> = {}): DoubtedItem => ({
    state: 'UNKNOWN',
    version: 3,
    isChecker: false,
    proposed: null,
    lineWaits: false,
    ...more,
  });
  it.each<[ResolutionAction, Partial<DoubtedItem>, string, number | undefined, string | undefined]>([
    ['propose', {}, 'maker', undefined, undefined],
    ['propose', { state: 'SENT' }, 'maker', undefined, 'wrong_state'],
    ['propose', { proposed }, 'other', undefined, 'resolution_proposed'],
    ['propose', { isChecker: true }, 'finance', undefined, 'checker_of_statement'],
    ['propose', { lineWaits: true }, 'maker', undefined, 'bank_line_waits'],
    ['accept', { proposed }, 'checker', 3, undefined],
    ['accept', {}, 'checker', 3, 'resolution_not_proposed'],
    ['accept', { proposed }, 'checker', 2, 'changed_meanwhile'],
    ['accept', { proposed }, 'maker', 3, 'same_person'],
    ['accept', { proposed, isChecker: true }, 'finance', 3, 'checker_of_statement'],
    ['accept', { proposed, lineWaits: true }, 'checker', 3, 'bank_line_waits'],
    ['accept', { proposed, state: 'PAID' }, 'checker', 3, 'wrong_state'],
    ['refuse', { proposed, lineWaits: true }, 'checker', 3, undefined],
    ['refuse', { proposed }, 'checker', 2, 'changed_meanwhile'],
    ['refuse', { proposed }, 'maker', 3, 'same_person'],
  ])('inv 38, 40: %s %j by %s who saw %s: %s', (action, more, actorId, seenVersion, code) => {
    expect(resolutionRefusal(action, doubted(more), { actorId, seenVersion })?.code).toBe(code);
  });
});
