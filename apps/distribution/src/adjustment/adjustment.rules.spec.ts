import { adjustmentState } from '@concentric/contracts';
import { adjustmentRefusal, writeOffRefusal, type AdjustmentAction } from './adjustment.rules';

const actions: AdjustmentAction[] = ['book', 'reject'];

describe('an adjustment', () => {
  it.each(adjustmentState.options.flatMap((state) => actions.map((action) => [state, action] as const)))(
    'inv 40: %s, %s',
    (state, action) => {
      expect(adjustmentRefusal(action, { state, proposedBy: 'maker' }, 'checker')?.code).toBe(
        state === 'PROPOSED' ? undefined : 'wrong_state',
      );
      expect(adjustmentRefusal(action, { state, proposedBy: 'maker' }, 'maker')?.code).toBe(
        state === 'PROPOSED' ? 'same_person' : 'wrong_state',
      );
    },
  );

  it.each<[string, number, number, number, string | undefined, number?]>([
    ['a debt is given up', -100, -100, -100, undefined],
    ['a part of it', -1, -100, -100, undefined],
    ['a leftover is kept', 5, 5, 80, undefined],
    ['nothing is carried', -1, 0, -100, 'write_off_beyond_carried'],
    ['more than is carried', -101, -100, -200, 'write_off_beyond_carried'],
    ['a debt as a leftover', 100, -100, -100, 'write_off_beyond_carried'],
    ['a debt that has been earned off meanwhile', -100, -100, -99, 'write_off_beyond_balance'],
    ['a leftover that has been taken back meanwhile', 5, 5, -1, 'write_off_beyond_balance'],
    ['all that is left of a leftover', 5, 50, 1_000, undefined, 5],
    ['a leftover that a refund has taken, while more is owed', 50, 50, 1_000, 'write_off_beyond_left', 0],
    ['a debt that the next statement will have earned off', -1, -100, -100, 'write_off_beyond_left', 20],
  ])('inv 32: writes off only what is carried: %s', (_, amount, carried, payable, code, left = carried) => {
    const found = { carriedMinor: carried, leftMinor: left, payableMinor: payable, isSettling: false };
    expect(writeOffRefusal(amount, found)?.code).toBe(code);
    expect(writeOffRefusal(amount, { ...found, isSettling: true })?.code).toBe('statements_being_built');
  });
});
