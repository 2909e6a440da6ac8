import fc from 'fast-check';
import { check, must, prove } from '@concentric/testing/property';
import { bindingAt, byOccurrence, decideBindings, type Binding, type BindingPolicy, type Candidate } from './binding.rules';

const DAY = 86_400_000;
const at = (days: number) => days * DAY;
let made = 0;
const newId = () => `binding-${(made += 1)}`;

const buy = (days: number, partnerId: string | null, more: Partial<Candidate> = {}): Candidate => ({
  customerId: 'ann',
  occurredAt: at(days),
  lineNo: 1,
  externalId: `o${days}`,
  orderId: `id-o${days}`,
  partnerId,
  ...more,
});
const decide = (candidates: Candidate[], policy: BindingPolicy, known = new Map<string, Binding[]>()) => ({
  decision: decideBindings(candidates, known, policy, newId),
  known,
});
/** The binding of a person who first bought some days after the start. */
const boundTo = (partnerId: string, days: number): Binding => ({
  bindingId: 'b',
  customerId: 'ann',
  partnerId,
  validFrom: at(days) + 1,
  validTo: null,
  endReason: null,
  madeAt: at(days),
  lastPurchaseAt: at(days),
});
const spans = (bindings: readonly Binding[] = []) =>
  bindings.map(({ partnerId, validFrom, validTo }) => `${partnerId} ${validFrom}-${validTo ?? ''}`);

const first: BindingPolicy = { mode: 'first', protectionDays: null };
const last: BindingPolicy = { mode: 'last', protectionDays: null };
const protectedFor = (protectionDays: number | null): BindingPolicy => ({ mode: 'protected', protectionDays });

/** Whole days and their edges, so that instants tie and protection ends to the millisecond. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map(at),
  fc.integer({ min: 0, max: 40 }).map((days) => at(days) - 1),
  fc.integer({ min: 0, max: 40 }).map((days) => at(days) + 1),
);
const purchasesUpTo = (maxLength: number) =>
  fc
    .array(
      fc.record({
        customerId: fc.constantFrom('ann', 'bob'),
        occurredAt: moment,
        lineNo: fc.integer({ min: 1, max: 2 }),
        partnerId: fc.option(fc.constantFrom('x', 'y', 'z')),
      }),
      { maxLength },
    )
    .map((rows) =>
      rows.map((row, index): Candidate => ({ ...row, externalId: `o${String(index).padStart(3, '0')}`, orderId: `id-${index}` })),
    );
const purchases = purchasesUpTo(20);
const fewPurchases = purchasesUpTo(5);
const policy = fc.oneof(fc.constantFrom(first, last, protectedFor(null)), fc.constantFrom(0, 1, 7, 30).map(protectedFor));

describe('bindings', () => {
  it.each<[string, BindingPolicy, Candidate[], string[]]>([
    ['first: for good', first, [buy(1, 'x'), buy(2, 'y'), buy(900, 'z')], [`x ${at(1) + 1}-`]],
    ['first: whatever the order of arrival', first, [buy(2, 'y'), buy(1, 'x')], [`x ${at(1) + 1}-`]],
    ['first: a purchase that names nobody binds nobody', first, [buy(1, null), buy(2, 'y')], [`y ${at(2) + 1}-`]],
    ['last: the latest', last, [buy(1, 'x'), buy(2, 'y'), buy(3, 'y')], [`x ${at(1) + 1}-${at(2) + 1}`, `y ${at(2) + 1}-`]],
    ['first: in one instant the first line', first, [buy(1, 'y', { lineNo: 2 }), buy(1, 'x', { lineNo: 1 })], [`x ${at(1) + 1}-`]],
    ['last: in one instant the last line', last, [buy(1, 'y', { lineNo: 2 }), buy(1, 'x', { lineNo: 1 })], [`y ${at(1) + 1}-`]],
    [
      'last: in one instant and line the greater order number',
      last,
      [buy(1, 'y', { externalId: 'o9' }), buy(1, 'x', { externalId: 'o10' })],
      [`y ${at(1) + 1}-`],
    ],
    ['protected: one millisecond short', protectedFor(7), [buy(1, 'x'), buy(0, 'y', { occurredAt: at(8) - 1 })], [`x ${at(1) + 1}-`]],
    ['protected: to the millisecond', protectedFor(7), [buy(1, 'x'), buy(8, 'y')], [`x ${at(1) + 1}-${at(8) + 1}`, `y ${at(8) + 1}-`]],
    [
      'protected: a purchase at the partner starts it again',
      protectedFor(7),
      [buy(1, 'x'), buy(6, 'x'), buy(8, 'y'), buy(13, 'y')],
      [`x ${at(1) + 1}-${at(13) + 1}`, `y ${at(13) + 1}-`],
    ],
    ['protected without days: for good', protectedFor(null), [buy(1, 'x'), buy(4000, 'y')], [`x ${at(1) + 1}-`]],
    [
      'protected for no days: the first line of each later instant',
      protectedFor(0),
      [buy(1, 'x'), buy(2, 'y')],
      [`x ${at(1) + 1}-${at(2) + 1}`, `y ${at(2) + 1}-`],
    ],
  ])('%s', (_, rules, candidates, expected) => {
    expect(spans(decide(candidates, rules).known.get('ann'))).toEqual(expected);
  });

  it('lets only strictly later purchases earn by a binding', () => {
    const { known } = decide([buy(1, 'x')], first);
    expect(bindingAt(known.get('ann'), at(1))).toBeUndefined();
    expect(bindingAt(known.get('ann'), at(1) + 1)?.partnerId).toBe('x');
  });

  it('is in force up to the moment at which the next one begins', () => {
    const { known } = decide([buy(1, 'x'), buy(2, 'y')], last);
    expect([at(2), at(2) + 1].map((when) => bindingAt(known.get('ann'), when)?.partnerId)).toEqual(['x', 'y']);
    const ended: Binding = { ...boundTo('x', 1), validTo: at(3) };
    expect([at(3) - 1, at(3)].map((when) => bindingAt([ended], when)?.partnerId)).toEqual(['x', undefined]);
  });

  it('takes a merge before the purchases of its instant', () => {
    const merge = { retiredId: 'bob', customerId: 'ann', occurredAt: at(5), orderId: 'id-o5' };
    const known = new Map([['bob', [boundTo('x', 1)]]]);
    const merges = new Map([['bob', merge]]);
    decideBindings([buy(5, 'y')], known, first, newId, merges, [merge]);
    expect(spans(known.get('ann'))).toEqual([`x ${at(5)}-`]);
    expect(spans(known.get('bob'))).toEqual([`x ${at(1) + 1}-${at(5)}`]);
  });

  it.each([protectedFor(30), first, last])('notes the latest purchase at the bound partner, by policy %j', (policy) => {
    const known = new Map([['ann', [boundTo('x', 1)]]]);
    const { decision } = decide([buy(2, 'y', { customerId: 'bob' }), buy(3, 'x'), buy(4, 'y', { customerId: 'bob' })], policy, known);
    expect(known.get('ann')).toMatchObject([{ customerId: 'ann', lastPurchaseAt: at(3) }]);
    expect(decision.touched).toContain(known.get('ann')![0]);
    expect(decision.created).toMatchObject([{ customerId: 'bob', lastPurchaseAt: at(4) }]);
  });

  it('rebinds from the millisecond after the one that made the binding, and not by what was held back of that instant', () => {
    const again = (when: number) => {
      const known = new Map([['ann', [boundTo('x', 5)]]]);
      const { decision } = decide([buy(5, 'y', { occurredAt: when })], last, known);
      return { spans: spans(known.get('ann')), late: [...decision.late] };
    };
    expect(again(at(5))).toEqual({ spans: [`x ${at(5) + 1}-`], late: [] });
    expect(again(at(5) + 1)).toEqual({ spans: [`x ${at(5) + 1}-${at(5) + 2}`, `y ${at(5) + 2}-`], late: [] });
  });

  it('does not let a purchase that comes too late change what was decided', () => {
    const known = new Map([['ann', [boundTo('x', 5)]]]);
    const { decision } = decide([buy(3, 'y'), buy(5, 'z')], first, known);
    expect([...decision.late]).toEqual(['id-o3']);
    expect(decision).toMatchObject({ created: [], ended: [], touched: new Set() });
    expect(spans(known.get('ann'))).toEqual([`x ${at(5) + 1}-`]);
  });

  it('touches nothing by what was bought in the instant of the latest purchase', () => {
    expect(decide([buy(1, 'x')], first, new Map([['ann', [boundTo('x', 1)]]])).decision.touched).toEqual(new Set());
  });

  it('does not let what was held until after a later purchase take its buyer from the partner of that one', () => {
    const known = new Map([['ann', [boundTo('x', 5)]]]);
    decide([buy(20, 'x')], last, known);
    for (const days of [10, 20]) expect([...decide([buy(days, 'y')], last, known).decision.late]).toEqual([`id-o${days}`]);
    expect(spans(known.get('ann'))).toEqual([`x ${at(5) + 1}-`]);
    expect([...decide([buy(21, 'y')], last, known).decision.late]).toEqual([]);
    expect(spans(known.get('ann'))).toEqual([`x ${at(5) + 1}-${at(21) + 1}`, `y ${at(21) + 1}-`]);
  });

  it('inv 8, 10: what a purchase was decided by stays, in whatever order they come', () => {
    check([purchases.chain((rows) => fc.shuffledSubarray(rows, { minLength: rows.length })), policy], (rows, rules) => {
      const known = new Map<string, Binding[]>();
      const then: { customerId: string; when: number; bindingId: string | undefined }[] = [];
      for (const { customerId, occurredAt: when, partnerId } of rows) {
        if (partnerId === null || then.some((one) => one.customerId === customerId && one.when === when)) continue;
        const instant = rows.filter((one) => one.customerId === customerId && one.occurredAt === when);
        decide(instant, rules, known);
        then.push({ customerId, when, bindingId: bindingAt(known.get(customerId), when)?.bindingId });
      }
      for (const { customerId, when, bindingId } of then) expect(bindingAt(known.get(customerId), when)?.bindingId).toBe(bindingId);
    });
  });

  it('inv 9, 10: at most one binding is in force at any moment, and they follow each other', () => {
    prove([fewPurchases, policy], (candidates, rules) => {
      for (const bindings of decide(candidates, rules).known.values()) {
        must(bindings.filter((binding) => binding.validTo === null).length === 1, 'not exactly one is in force');
        bindings.forEach((binding, index) => {
          must(binding.validTo === null || binding.validFrom < binding.validTo, 'an empty interval');
          must(index === 0 || bindings[index - 1]!.validTo === binding.validFrom, 'a gap or an overlap');
        });
      }
    });
  });

  it('first and last are what a look over all purchases says', () => {
    check([purchases, moment], (candidates, when) => {
      for (const customerId of ['ann', 'bob']) {
        const before = candidates
          .filter((one) => one.customerId === customerId && one.partnerId !== null && one.occurredAt < when)
          .sort(byOccurrence);
        const now = (rules: BindingPolicy) => bindingAt(decide([...candidates], rules).known.get(customerId), when)?.partnerId;
        expect(now(first)).toBe(before[0]?.partnerId ?? undefined);
        expect(now(last)).toBe(before[before.length - 1]?.partnerId ?? undefined);
      }
    });
  });

  it('protected is what a walk over the instants says', () => {
    check([purchases, fc.constantFrom(0, 1, 7, 30), moment], (candidates, days, when) => {
      let bound: string | undefined;
      let lastAt = 0;
      const own = candidates
        .filter((one) => one.customerId === 'ann' && one.partnerId !== null && one.occurredAt < when)
        .sort(byOccurrence);
      for (const instant of new Set(own.map((one) => one.occurredAt))) {
        const there = own.filter((one) => one.occurredAt === instant).map((one) => one.partnerId!);
        if (bound === undefined || (instant - lastAt >= days * DAY && there[0] !== bound)) [bound, lastAt] = [there[0], instant];
        else if (there.includes(bound)) lastAt = instant;
      }
      expect(bindingAt(decide(candidates, protectedFor(days)).known.get('ann'), when)?.partnerId).toBe(bound);
    });
  });

  it('inv 16: the order of the list and the cuts between batches change nothing', () => {
    check(
      [
        purchases.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        policy,
        fc.array(moment, { maxLength: 4 }),
      ],
      ([rows, shuffled], rules, cuts) => {
        const whole = decide([...rows], rules).known;
        const inBatches = new Map<string, Binding[]>();
        const edges = [...cuts, Number.MAX_SAFE_INTEGER].sort((a, b) => a - b);
        let from = Number.MIN_SAFE_INTEGER;
        for (const edge of edges) {
          decide(
            shuffled.filter((one) => from <= one.occurredAt && one.occurredAt < edge),
            rules,
            inBatches,
          );
          from = edge;
        }
        for (const customerId of ['ann', 'bob']) expect(spans(inBatches.get(customerId))).toEqual(spans(whole.get(customerId)));
      },
    );
  });
});
