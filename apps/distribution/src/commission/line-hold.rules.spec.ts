import { lineState } from '@concentric/contracts';
import { holdRefusal } from './line-hold.rules';

describe('holding a line back', () => {
  const expected = { ACCRUED: undefined, MATURED: 'line_matured', REVERSED: 'line_reversed' };
  it.each(lineState.options)('%s', (state) => {
    expect(holdRefusal('hold', { state, holdReason: null })?.code).toBe(expected[state]);
    expect(holdRefusal('hold', { state, holdReason: 'why' })?.code).toBe(expected[state] ?? 'line_held_already');
    expect(holdRefusal('release', { state, holdReason: null })?.code).toBe('line_not_held');
    expect(holdRefusal('release', { state, holdReason: 'why' })).toBeNull();
  });
});
