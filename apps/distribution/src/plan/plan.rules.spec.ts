import fc from 'fast-check';
import type { PlanRule } from '@concentric/contracts';
import { check, must, prove, rate } from '@concentric/testing/property';
import { applies, canonical, contentHash, planAt, planErrors, rulesFor, specificity, type ActivePlan } from './plan.rules';

const rule = (more: Partial<PlanRule> = {}): PlanRule => ({
  role: 'store',
  recipient: { from: 'store' },
  categories: [],
  channels: [],
  ratePpm: 10_000,
  base: 'net',
  ...more,
});
const plan = (rules: PlanRule[], budgetPpm = 1_000_000): ActivePlan => ({ planVersionId: 'v', validFrom: 0, budgetPpm, rules });
const codes = (rules: PlanRule[], budgetPpm = 1_000_000) => planErrors({ rules, budgetPpm }).map(({ code }) => code);

const some = (names: string[]) => fc.subarray(names, { maxLength: 2 });
const anyRule: fc.Arbitrary<PlanRule> = fc
  .record({
    role: fc.constantFrom('store', 'guide', 'bound'),
    categories: some(['tea', 'cups', 'cake']),
    channels: some(['till', 'web']),
    ratePpm: rate,
  })
  .map((more) => rule(more));
const CATEGORIES = ['tea', 'cups', 'cake', 'unheard-of', null];
const CHANNELS = ['till', 'web', 'unheard-of'];
const lines = CATEGORIES.flatMap((category) => CHANNELS.map((channel) => ({ category, channel })));

describe('a plan', () => {
  it.each<[string, PlanRule[], string | null, string, number[]]>([
    ['neither named', [rule(), rule({ categories: ['tea'] })], 'cups', 'web', [1]],
    ['a category beats none', [rule(), rule({ categories: ['tea'] })], 'tea', 'web', [2]],
    ['a category beats a channel', [rule({ channels: ['web'] }), rule({ categories: ['tea'] })], 'tea', 'web', [2]],
    [
      'both beat either',
      [rule({ categories: ['tea'], channels: ['web'] }), rule({ channels: ['web'] }), rule({ categories: ['tea'] })],
      'tea',
      'web',
      [1],
    ],
    ['a line without category meets no rule with one', [rule({ categories: ['tea'] })], null, 'web', []],
    ['one rule per role', [rule(), rule({ role: 'guide' }), rule({ role: 'guide', channels: ['web'] })], 'tea', 'web', [1, 3]],
  ])('chooses the most specific rule of each role: %s', (_, rules, category, channel, chosen) => {
    expect(rulesFor(plan(rules), category, channel).map(({ ruleNo }) => ruleNo)).toEqual(chosen);
  });

  it.each<[string, PlanRule[], number, string[]]>([
    ['neither rate nor amount', [rule({ ratePpm: undefined })], 1_000_000, ['rate_or_amount']],
    ['rate and amount', [rule({ fixedMinor: 5 })], 1_000_000, ['rate_or_amount']],
    ['two general rules of a role', [rule(), rule()], 1_000_000, ['ambiguous_rule']],
    [
      'rules of a role whose categories meet',
      [rule({ categories: ['tea', 'cups'] }), rule({ categories: ['cups'] })],
      1_000_000,
      ['ambiguous_rule'],
    ],
    [
      'rules of a role whose channels meet in a category',
      [rule({ categories: ['tea'], channels: ['web'] }), rule({ categories: ['tea'], channels: ['web', 'till'] })],
      1_000_000,
      ['ambiguous_rule'],
    ],
    ['rules of a role that never meet', [rule({ categories: ['tea'] }), rule({ categories: ['cups'] })], 1_000_000, []],
    ['a rule and an exception to it', [rule(), rule({ categories: ['tea'] })], 1_000_000, []],
    ['rates that reach the budget', [rule({ ratePpm: 400_000 }), rule({ role: 'guide', ratePpm: 100_000 })], 500_000, []],
    ['rates one part above it', [rule({ ratePpm: 400_000 }), rule({ role: 'guide', ratePpm: 100_001 })], 500_000, ['budget_exceeded']],
    [
      'an exception that alone exceeds it',
      [rule({ ratePpm: 1 }), rule({ ratePpm: 500_001, categories: ['tea'], channels: ['web'] })],
      500_000,
      ['budget_exceeded'],
    ],
    ['a budget of nothing for rates of nothing', [rule({ ratePpm: 0 })], 0, []],
    ['fixed amounts, which only a line can exceed', [rule({ ratePpm: undefined, fixedMinor: 1_000_000 })], 0, []],
  ])('inv 6: of %s', (_, rules, budgetPpm, expected) => {
    expect(codes(rules, budgetPpm)).toEqual(expected);
  });

  it('treats thousands of categories alike that share a rule, and refuses a plan nobody could check', () => {
    const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    expect(codes([rule({ categories: names('c', 200) }), rule({ role: 'guide', channels: names('w', 50) })])).toEqual([]);
    expect(
      codes([
        ...names('c', 150).map((name) => rule({ categories: [name] })),
        ...names('w', 150).map((name) => rule({ role: 'guide', channels: [name] })),
      ]),
    ).toEqual(['too_many_cases']);
  });

  it('inv 6: exceeds its budget exactly when some line would', () => {
    // Half of them ask for a budget near the dearest line's, where one part decides.
    const budget = fc.oneof(
      rate.map((ppm) => () => ppm),
      fc.integer({ min: -1, max: 1 }).map((off) => (dearest: number) => Math.max(0, dearest + off)),
    );
    prove([fc.array(anyRule, { minLength: 1, maxLength: 4 }), budget], (rules, budgetFor) => {
      const dearest = Math.max(
        ...lines.map(({ category, channel }) => rulesFor(plan(rules), category, channel).reduce((sum, one) => sum + one.rule.ratePpm!, 0)),
      );
      const budgetPpm = budgetFor(dearest);
      must(codes(rules, budgetPpm).includes('budget_exceeded') === dearest > budgetPpm, `${dearest} of ${budgetPpm}`);
    });
  });

  it('is ambiguous exactly when two equally specific rules of a role meet in some line', () => {
    check([fc.array(anyRule, { minLength: 1, maxLength: 6 })], (rules) => {
      const meet = lines.some(({ category, channel }) =>
        rules.some((one, index) =>
          rules
            .slice(0, index)
            .some(
              (other) =>
                other.role === one.role &&
                specificity(other) === specificity(one) &&
                applies(one, category, channel) &&
                applies(other, category, channel),
            ),
        ),
      );
      expect(codes(rules).includes('ambiguous_rule')).toBe(meet);
    });
  });

  it('inv 9: is in force from its start until the next one begins', () => {
    prove([fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 6 }), fc.integer({ min: -1, max: 51 })], (starts, at) => {
      const plans = starts.sort((a, b) => a - b).map((validFrom) => ({ ...plan([]), planVersionId: `v${validFrom}`, validFrom }));
      const begun = starts.filter((start) => start <= at);
      must(planAt(plans, at)?.validFrom === (begun.length === 0 ? undefined : Math.max(...begun)), 'not the latest that had begun');
    });
  });

  it('inv 11: has a hash of its content, whatever the order of its keys', () => {
    const shuffledKeys = (value: unknown, order: 1 | -1): unknown => {
      if (Array.isArray(value)) return value.map((one) => shuffledKeys(one, order));
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -order : order))
          .map(([key, one]) => [key, shuffledKeys(one, order)]),
      );
    };
    check([fc.jsonValue()], (value) => {
      expect(canonical(shuffledKeys(value, 1))).toBe(canonical(shuffledKeys(value, -1)));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    });
    expect(canonical({ role: 'store', capMinor: undefined })).toBe(canonical({ role: 'store' }));
    check([fc.array(anyRule, { minLength: 1 }), fc.array(anyRule, { minLength: 1 })], (one, other) => {
      expect(contentHash(one) === contentHash(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    });
  });
});
