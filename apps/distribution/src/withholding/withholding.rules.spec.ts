import fc from 'fast-check';
import { check, magnitude } from '@concentric/testing/property';
import { withholdingOf, withholdingRefusal, withholdingTransitions, type WithholdingRule } from './withholding.rules';

const rule = (more: Partial<WithholdingRule> = {}): WithholdingRule => ({
  partnerType: 'guide',
  currency: 'CNY',
  validFrom: '2026-01-01',
  exemptMinor: 80_000,
  deductMinor: 80_000,
  ratePpm: 200_000,
  ...more,
});

describe('what is withheld', () => {
  it.each<[string, WithholdingRule[], string, number, number]>([
    ['nothing without a rule', [], '2026-01-31', 100_000, 0],
    ['nothing up to what is exempt', [rule()], '2026-01-31', 80_000, 0],
    ['nothing of exactly what is exempt, even where nothing is deducted', [rule({ deductMinor: 0 })], '2026-01-31', 80_000, 0],
    ['the rate of the rest, rounded down', [rule()], '2026-01-31', 80_004, 0],
    ['one unit as soon as it is whole', [rule()], '2026-01-31', 80_005, 1],
    ['nothing when the deduction takes all', [rule({ exemptMinor: 0 })], '2026-01-31', 79_999, 0],
    ['nothing for another type', [rule({ partnerType: 'store' })], '2026-01-31', 100_000, 0],
    ['nothing in another currency', [rule({ currency: 'EUR' })], '2026-01-31', 100_000, 0],
    ['nothing before it begins', [rule({ validFrom: '2026-02-01' })], '2026-01-31', 100_000, 0],
    ['by a rule that begins that very day', [rule({ validFrom: '2026-01-31' })], '2026-01-31', 180_000, 20_000],
    ['by the later rule once it has begun', [rule({ validFrom: '2026-02-01', ratePpm: 100_000 }), rule()], '2026-02-28', 180_000, 10_000],
    ['by the earlier rule until then', [rule({ validFrom: '2026-02-01', ratePpm: 100_000 }), rule()], '2026-01-31', 180_000, 20_000],
  ])('is %s', (_, rules, date, net, expected) => {
    expect(withholdingOf(rules, 'guide', 'CNY', date, net)).toBe(expected);
  });

  it('inv 3, 32: is never negative, always leaves something, and grows with the amount', () => {
    check(
      [magnitude(), magnitude(1_000_000), magnitude(1_000_000), fc.integer({ min: 0, max: 999_999 })],
      (net, exemptMinor, deductMinor, ratePpm) => {
        const of = (amount: number) => withholdingOf([rule({ exemptMinor, deductMinor, ratePpm })], 'guide', 'CNY', '2026-01-31', amount);
        expect(of(net)).toBeGreaterThanOrEqual(0);
        if (net > 0) expect(of(net)).toBeLessThan(net);
        if (net > 0) expect(of(net)).toBeGreaterThanOrEqual(of(net - 1));
      },
    );
  });
});

describe('a withholding rule', () => {
  const states = ['PROPOSED', 'APPROVED', 'REJECTED'] as const;
  const actions = Object.keys(withholdingTransitions) as (keyof typeof withholdingTransitions)[];
  it.each(states.flatMap((state) => actions.map((action) => [state, action] as const)))('%s: %s', (state, action) => {
    expect(withholdingRefusal(action, { state, proposedBy: 'maker', validFrom: '2026-02-01' }, 'checker', '2026-02')?.code).toBe(
      state === 'PROPOSED' ? undefined : 'wrong_state',
    );
  });

  it.each<[string, string, string, string | null, string | undefined]>([
    ['inv 40: is not decided on by who proposed it', 'maker', '2026-02-01', '2026-02', 'same_person'],
    ['inv 30: does not begin before the open period', 'checker', '2026-01-31', '2026-02', 'withholding_backdated'],
    ['may begin at any time while no period has begun', 'checker', '2020-01-01', null, undefined],
  ])('%s', (_, actor, validFrom, openPeriod, code) => {
    expect(withholdingRefusal('approve', { state: 'PROPOSED', proposedBy: 'maker', validFrom }, actor, openPeriod)?.code).toBe(code);
  });
});
