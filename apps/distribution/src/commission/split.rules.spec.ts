import fc from 'fast-check';
import type { OrderLine, PartnerType, PlanRule } from '@concentric/contracts';
import { magnitude, MAX, must, prove, rate } from '@concentric/testing/property';
import { FOREVER, Network } from '../hierarchy/network.rules';
import type { ActivePlan } from '../plan/plan.rules';
import { lineHash, splitLine, type LineParties, type Share } from './split.rules';

const types: Record<string, PartnerType> = {
  guide: 'guide',
  store: 'store',
  north: 'distributor',
  south: 'distributor',
  agent: 'agent',
  outlying: 'store',
  late: 'distributor',
};
/** The store stood under north until 100 and stands under south since; both stand under the agent, and so does whoever is late from 60 on. */
const network = new Network([
  { childId: 'guide', parentId: 'store', validFrom: 0, validTo: FOREVER },
  { childId: 'store', parentId: 'north', validFrom: 0, validTo: 100 },
  { childId: 'store', parentId: 'south', validFrom: 100, validTo: FOREVER },
  ...['north', 'south'].map((childId) => ({ childId, parentId: 'agent', validFrom: 0, validTo: FOREVER })),
  { childId: 'agent', parentId: null, validFrom: 0, validTo: FOREVER },
  { childId: 'outlying', parentId: 'late', validFrom: 0, validTo: FOREVER },
  { childId: 'late', parentId: 'agent', validFrom: 60, validTo: FOREVER },
]);
const parties: LineParties = { storeId: 'store', guideId: 'guide', leaderId: null, bound: { partnerId: 'north', bindingId: 'b' } };
const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  lineNo: 1,
  sku: 'sku',
  category: null,
  quantity: 1,
  netMinor: 10_000,
  costMinor: null,
  storeCode: 'S',
  guideCode: 'G',
  leaderCode: null,
  ...more,
});
const rule = (more: Partial<PlanRule> = {}): PlanRule => ({
  role: 'store',
  recipient: { from: 'store' },
  categories: [],
  channels: [],
  ratePpm: 50_000,
  base: 'net',
  ...more,
});
const plan = (rules: PlanRule[], budgetPpm = 1_000_000): ActivePlan => ({ planVersionId: 'v', validFrom: 0, budgetPpm, rules });
const split = (rules: PlanRule[], of: Partial<OrderLine> = {}, { at = 50, budgetPpm = 1_000_000, who = parties } = {}) =>
  splitLine(line(of), 'till', at, who, plan(rules, budgetPpm), network, (id) => ({ code: id, type: types[id]! }));
const amounts = (result: ReturnType<typeof split>) =>
  'held' in result
    ? result.held
    : result.over
      ? 'budget_exceeded'
      : result.shares.map(({ role, partnerId, amountMinor }) => `${role} ${partnerId} ${amountMinor}`);

/** One role takes at most all; several together may ask for more. */
const planRate = rate.map((ppm) => Math.min(ppm, 1_000_000));
const climbTo = fc.option(fc.constantFrom<PartnerType>('guide', 'store', 'distributor', 'agent'), { nil: undefined });
const anyRule = fc
  .record({
    from: fc.constantFrom('store' as const, 'guide' as const, 'leader' as const, 'bound' as const),
    climbTo,
    pay: fc.oneof(
      planRate.map((ratePpm) => ({ ratePpm })),
      magnitude(10_000).map((fixedMinor) => ({ ratePpm: undefined, fixedMinor })),
    ),
    base: fc.constantFrom('net' as const, 'margin' as const),
    capMinor: fc.option(magnitude(10_000), { nil: undefined }),
  })
  .map(({ from, climbTo: to, pay, ...more }) => rule({ recipient: to ? { from, climbTo: to } : { from }, ...pay, ...more }));
const rules = fc.array(anyRule, { maxLength: 5 }).map((list) => list.map((one, index) => ({ ...one, role: `role_${'abcde'[index]}` })));
const anyLine = fc.record({ netMinor: magnitude(), costMinor: fc.option(magnitude()), quantity: fc.integer({ min: 1, max: 100 }) });

describe('the split of a line', () => {
  it.each<[string, PlanRule[], Partial<OrderLine>, { at?: number; budgetPpm?: number; who?: LineParties }, string | string[]]>([
    ['inv 3: floors and leaves the residue to the house', [rule()], { netMinor: 9_999 }, {}, ['store store 499']],
    ['inv 3: nothing of nothing', [rule()], { netMinor: 0 }, {}, ['store store 0']],
    ['100 % of the line', [rule({ ratePpm: 1_000_000 })], { netMinor: MAX }, {}, [`store store ${MAX}`]],
    [
      'inv 8: climbs the chain of the moment, before a move',
      [rule({ recipient: { from: 'store', climbTo: 'distributor' } })],
      {},
      { at: 99 },
      ['store north 500'],
    ],
    ['inv 8: and at it', [rule({ recipient: { from: 'store', climbTo: 'distributor' } })], {}, { at: 100 }, ['store south 500']],
    ['the start itself counts', [rule({ recipient: { from: 'guide', climbTo: 'guide' } })], {}, {}, ['store guide 500']],
    ['a role nobody of the chain has earns nothing', [rule({ recipient: { from: 'store', climbTo: 'franchise' } })], {}, {}, []],
    ['a party the line does not name earns nothing', [rule({ recipient: { from: 'leader' } })], {}, {}, []],
    ['nobody is bound', [rule({ recipient: { from: 'bound' } })], {}, { who: { ...parties, bound: null } }, []],
    [
      'a partner that was not in the network then',
      [rule({ recipient: { from: 'bound' } })],
      {},
      { who: { ...parties, bound: { partnerId: 'stranger', bindingId: 'b' } } },
      [],
    ],
    ['a fixed amount per piece', [rule({ ratePpm: undefined, fixedMinor: 30 })], { quantity: 3 }, {}, ['store store 90']],
    [
      'inv 6: a fixed amount above what was paid is held, not clipped',
      [rule({ ratePpm: undefined, fixedMinor: 30 })],
      { quantity: 3, netMinor: 70 },
      { budgetPpm: 1_000_000 },
      'budget_exceeded',
    ],
    [
      'inv 6: nor is one clipped to the margin',
      [rule({ ratePpm: undefined, fixedMinor: 5_000, base: 'margin' })],
      { netMinor: 10_000, costMinor: 9_700 },
      { budgetPpm: 1_000_000 },
      'budget_exceeded',
    ],
    ['inv 1: one beyond every range is held', [rule({ ratePpm: undefined, fixedMinor: MAX })], { quantity: 100 }, {}, 'budget_exceeded'],
    ['a gift earns nobody anything', [rule({ ratePpm: undefined, fixedMinor: 30 })], { netMinor: 0 }, {}, ['store store 0']],
    ['a cap', [rule({ capMinor: 7 })], {}, {}, ['store store 7']],
    [
      'inv 7: the margin that was captured with the order',
      [rule({ base: 'margin', ratePpm: 100_000 })],
      { costMinor: 6_000 },
      {},
      ['store store 400'],
    ],
    ['a line sold at a loss has no margin to share', [rule({ base: 'margin' })], { costMinor: 20_000 }, {}, ['store store 0']],
    ['a margin without a cost waits', [rule({ base: 'margin' })], {}, {}, 'cost_unknown'],
    ['inv 6: the budget to the unit', [rule({ ratePpm: 500_000 })], { netMinor: 3 }, { budgetPpm: 500_000 }, ['store store 1']],
    [
      'inv 6: one unit above it is held, not clipped',
      [rule({ ratePpm: undefined, fixedMinor: 501 })],
      {},
      { budgetPpm: 50_000 },
      'budget_exceeded',
    ],
    ['inv 6: nor may shares exceed the margin', [rule()], { costMinor: 9_501 }, {}, 'budget_exceeded'],
    ['inv 6: exactly the margin', [rule()], { costMinor: 9_500 }, {}, ['store store 500']],
  ])('%s', (_, list, of, options, expected) => {
    expect(amounts(split(list, of, options))).toEqual(expected);
  });

  it.each<[string, number, PartnerType | undefined, string[] | string]>([
    ['is missing itself', 50, 'distributor', 'unknown_partner'],
    ['stands above who is missing', 50, 'agent', 'unknown_partner'],
    ['stands below', 50, undefined, ['store outlying 500']],
    ['has come', 60, 'distributor', ['store late 500']],
    ['stands above who has come', 60, 'agent', ['store agent 500']],
    ['stands nowhere', 60, 'guide', []],
  ])('inv 9: waits for a broken chain where whoever earns %s', (_, at, climbTo, expected) => {
    const recipient = { from: 'store' as const, ...(climbTo ? { climbTo } : {}) };
    const result = split([rule({ recipient })], {}, { at, who: { ...parties, storeId: 'outlying' } });
    expect(amounts(result)).toEqual(expected);
    if ('held' in result) expect(result.detail).toBe('late');
  });

  it('inv 6: says by how much a line exceeds its budget', () => {
    const two = [rule({ ratePpm: 40_000 }), rule({ role: 'other', ratePpm: 20_000 })];
    expect(split(two, { netMinor: 10_000 }, { budgetPpm: 50_000 })).toMatchObject({
      over: { lineNo: 1, total: 600n, budget: 500n, isMargin: false, isBookable: true },
    });
    for (const [costMinor, budget, isMargin] of [
      [9_600, 400n, true],
      [9_500, 500n, false],
    ] as const)
      expect(split(two, { netMinor: 10_000, costMinor }, { budgetPpm: 50_000 })).toMatchObject({ over: { budget, isMargin } });
    const most = rule({ ratePpm: undefined, fixedMinor: MAX });
    expect(split([most, { ...most, role: 'other' }])).toMatchObject({ over: { isBookable: false } });
  });

  it('inv 3, 6, 7: every share is the exact floor, capped; together they keep budget and margin, or the line is held', () => {
    prove([rules, anyLine, planRate], (list, of, budgetPpm) => {
      const result = split(list, of, { budgetPpm });
      const [expected, actual] = [expectedOf(list, of, budgetPpm), amounts(result)];
      must(String(expected) === String(actual), `${String(actual)} instead of ${String(expected)}`);
      if ('held' in result) return;
      must(
        result.shares.every(({ bindingId, ruleNo }) => bindingId === (list[ruleNo - 1]!.recipient.from === 'bound' ? 'b' : null)),
        'another binding than the one it is earned by',
      );
    });
  });

  it('inv 12: the same event, snapshots and plan give the same lines to the byte, and any other figure others', () => {
    const hashes = (list: PlanRule[], of: Partial<OrderLine>, lineNo: number) => {
      const result = split(list, of);
      return 'held' in result ? [] : result.shares.map((share) => lineHash('order', lineNo, 'v', share).toString('latin1'));
    };
    prove([rules, anyLine, fc.nat(9)], (list, of, lineNo) => {
      const once = hashes(list, of, lineNo);
      // As they come back from a database: other objects, with their keys in another order.
      const stored = list.map((one) => Object.fromEntries(Object.entries(one).reverse()) as unknown as PlanRule);
      must(hashes(stored, { ...of }, lineNo).join() === once.join(), 'replayed, it gives another line');
      must(new Set(once).size === once.length, 'two shares of a line are the same');
      must(
        hashes(list, of, lineNo + 1).every((hash, index) => hash !== once[index]),
        'another line gives the same',
      );
    });
  });

  it.each<[string, Partial<Share>]>([
    ['role', { role: 'guide' }],
    ['rule', { ruleNo: 2 }],
    ['partner', { partnerId: 'south' }],
    ['binding', { bindingId: 'c' }],
    ['base', { baseMinor: 9_999 }],
    ['rate', { ratePpm: 50_001 }],
    ['fixed amount', { fixedMinor: 1 }],
    ['cap', { capMinor: 501 }],
    ['amount', { amountMinor: 501 }],
    ['chain', { chain: ['store', 'north'] }],
  ])('inv 12: another %s gives another hash', (_, change) => {
    const result = split([rule()]);
    if ('held' in result) throw new Error('held');
    const [share] = result.shares;
    const hash = lineHash('order', 1, 'v', share!);
    expect(lineHash('order', 1, 'v', { ...share!, ...change })).not.toEqual(hash);
    expect([lineHash('another', 1, 'v', share!), lineHash('order', 1, 'w', share!)]).not.toContainEqual(hash);
  });
});

/** What the split must come to, with exact integers and the chains of moment 50 spelt out. */
function expectedOf(
  list: PlanRule[],
  of: { netMinor: number; costMinor: number | null; quantity: number },
  budgetPpm: number,
): string | string[] {
  const chains: Record<string, string[]> = {
    store: ['store', 'north', 'agent'],
    guide: ['guide', 'store', 'north', 'agent'],
    bound: ['north', 'agent'],
    leader: [],
  };
  const least = (...amounts: bigint[]) => amounts.reduce((a, b) => (a < b ? a : b));
  const margin = of.costMinor === null ? null : BigInt(Math.max(0, of.netMinor - of.costMinor));
  let total = 0n;
  const shares: string[] = [];
  for (const { role, recipient, ratePpm, fixedMinor, capMinor, base: basedOn } of list) {
    const partner = chains[recipient.from]!.find((code) => recipient.climbTo === undefined || types[code] === recipient.climbTo);
    if (partner === undefined) continue;
    if (basedOn === 'margin' && margin === null) return 'cost_unknown';
    const base = basedOn === 'margin' ? margin! : BigInt(of.netMinor);
    const fixed = of.netMinor === 0 ? 0n : BigInt(fixedMinor ?? 0) * BigInt(of.quantity);
    const full = ratePpm === undefined ? fixed : (base * BigInt(ratePpm)) / 1_000_000n;
    const amount = capMinor === undefined ? full : least(full, BigInt(capMinor));
    total += amount;
    shares.push(`${role} ${partner} ${amount}`);
  }
  const budget = (BigInt(of.netMinor) * BigInt(budgetPpm)) / 1_000_000n;
  return total > (margin === null ? budget : least(budget, margin)) ? 'budget_exceeded' : shares;
}
