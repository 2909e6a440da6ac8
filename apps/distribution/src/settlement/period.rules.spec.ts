import { periodState } from '@concentric/contracts';
import { isExcused, periodRefusal, periodTransitions } from './period.rules';

describe('a period', () => {
  const expected: Record<string, Record<string, string | undefined>> = {
    OPEN: { start: undefined, close: 'closing_not_started' },
    CLOSING: { start: 'closing_started', close: undefined },
    CLOSED: { start: 'period_not_open', close: 'period_not_open' },
    SEALED: { start: 'period_not_open', close: 'period_not_open' },
  };
  it.each(periodState.options.flatMap((state) => (['start', 'close'] as const).map((action) => [state, action] as const)))(
    '%s: %s',
    (state, action) => {
      expect(periodRefusal(action, { state, closingStartedBy: 'maker' }, 'checker')?.code).toBe(expected[state]![action]);
    },
  );

  it('inv 40: is closed by somebody else than who started', () => {
    expect(periodRefusal('close', { state: 'CLOSING', closingStartedBy: 'maker' }, 'maker')?.code).toBe('same_person');
  });

  it('only goes forward', () => {
    const order = periodState.options;
    for (const { from, to } of Object.values(periodTransitions)) expect(order.indexOf(to)).toBe(order.indexOf(from) + 1);
  });

  it.each<[string, Parameters<typeof isExcused>[0], string[], boolean]>([
    ['what it was given for', { code: 'not_sealed' }, ['undecided', 'not_sealed'], true],
    ['nothing else', { code: 'not_sealed' }, ['undecided'], false],
    ['the very rules that were undecided then', { code: 'tax_undecided', ruleIds: ['a'] }, ['a', 'b'], true],
    ['no rule that has been proposed since', { code: 'tax_undecided', ruleIds: ['a', 'b'] }, ['a', 'tax_undecided'], false],
  ])('a reason covers %s', (_, obstacle, excused, expected) => {
    expect(isExcused(obstacle, excused)).toBe(expected);
  });
});
