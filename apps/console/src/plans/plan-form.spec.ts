import type { PlanRow } from '../providers/rows';
import { isExact } from '../money/typed';
import { formOf, inputOf } from './plan-form';

const rule = {
  role: 'store',
  recipient: { from: 'store' as const },
  categories: [],
  channels: [],
  base: 'net' as const,
};
const plan: PlanRow = {
  id: 'p',
  code: 'basic',
  version: 1,
  name: 'Basic',
  state: 'active',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: null,
  budgetPpm: 200_000,
  rules: [
    { ...rule, ratePpm: 12_500, capMinor: 5000 },
    { ...rule, role: 'guide', fixedMinor: 250 },
  ],
  contentHash: '',
  authorId: 'a',
  approverId: null,
  activatedAt: null,
};

describe('the form of a plan', () => {
  it('shows percentages and amounts as people write them', () => {
    const form = formOf(plan, 'CNY');
    expect([form.budgetPpm, form.rules[0]?.ratePpm, form.rules[0]?.capMinor, form.rules[1]?.fixedMinor]).toEqual([
      '20',
      '1.25',
      '50.00',
      '2.50',
    ]);
  });

  it('sends back exactly what was copied', () => {
    const { budgetPpm, rules } = inputOf({ ...formOf(plan, 'CNY'), validFrom: '2026-02-01T00:00' }, 'CNY');
    expect(budgetPpm).toBe(200_000);
    expect(JSON.parse(JSON.stringify(rules))).toEqual(plan.rules);
  });

  it.each([
    ['1.2345', true],
    ['1.23456', false],
    ['3%', true],
    ['-1', false],
    ['', true],
    ['abc', false],
  ])('takes the percentage %j: %s', (text, expected) => {
    expect(isExact(text)).toBe(expected);
  });
});
