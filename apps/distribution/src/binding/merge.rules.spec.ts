import fc from 'fast-check';
import { check } from '@concentric/testing/property';
import { bindingAt, decideBindings, type Binding, type BindingMode, type Candidate } from './binding.rules';
import { mergeBindings, personAt, type Merge } from './merge.rules';

const binding = (customerId: string, partnerId: string, validFrom: number): Binding => ({
  bindingId: `${customerId}-${partnerId}`,
  customerId,
  partnerId,
  validFrom,
  validTo: null,
  endReason: null,
  madeAt: validFrom - 1,
  lastPurchaseAt: validFrom - 1,
});
const merge = (occurredAt: number, retiredId = 'from', customerId = 'into'): Merge => ({
  retiredId,
  customerId,
  occurredAt,
  orderId: 'order',
});
const bindingsOf = (...bindings: (Binding | undefined)[]) =>
  new Map<string, Binding[]>(bindings.flatMap((one) => (one ? [[one.customerId, [one]] as const] : [])));

function apply(from: Binding | undefined, into: Binding | undefined, at = 100) {
  const decision = { created: [], ended: [], touched: new Set(), late: new Set<string>() } as Parameters<typeof mergeBindings>[3];
  const known = bindingsOf(from, into);
  mergeBindings(merge(at), known, () => 'new', decision);
  return { ...decision, known };
}

let made = 0;
const happen = (
  known: Map<string, Binding[]>,
  all: readonly Merge[],
  now: readonly Merge[],
  buys: readonly Candidate[] = [],
  mode: BindingMode = 'first',
) =>
  decideBindings(
    buys,
    known,
    { mode, protectionDays: null },
    () => `b${(made += 1)}`,
    new Map(all.map((one) => [one.retiredId, one])),
    now,
  );
const inForce = (known: ReadonlyMap<string, Binding[]>) => [...known.values()].flat().filter(({ validTo }) => validTo === null);

describe('a merge of two persons', () => {
  it.each([
    ['the survivor was bound first', binding('from', 'x', 9), binding('into', 'x', 5), 40],
    ['the retired person was bound first', binding('from', 'x', 5), binding('into', 'x', 9), 40],
    ['they were bound to two', binding('from', 'y', 5), binding('into', 'x', 9), 40],
  ])('counts what either bought at the partner that stays, when %s', (_, from, into, at) => {
    const { known } = apply({ ...from, lastPurchaseAt: at }, { ...into, lastPurchaseAt: 30 });
    expect(inForce(known)).toMatchObject([{ customerId: 'into', partnerId: from.partnerId, lastPurchaseAt: at }]);
    const { known: other } = apply({ ...from, lastPurchaseAt: 20 }, { ...into, lastPurchaseAt: 30 });
    expect(inForce(other)).toMatchObject([{ lastPurchaseAt: from.partnerId === into.partnerId ? 30 : 20 }]);
    expect(apply({ ...from, lastPurchaseAt: 30 }, { ...into, lastPurchaseAt: 30 }).touched).toEqual(new Set());
  });

  it.each<[string, Binding | undefined, Binding | undefined, string[], string | undefined]>([
    ['neither was bound', undefined, undefined, [], undefined],
    ['only the survivor was bound', undefined, binding('into', 'x', 5), [], undefined],
    ['only the retired person was bound', binding('from', 'x', 5), undefined, ['from-x'], 'x'],
    ['the survivor was bound first', binding('from', 'x', 9), binding('into', 'y', 5), ['from-x'], undefined],
    ['the retired person was bound first', binding('from', 'x', 5), binding('into', 'y', 9), ['from-x', 'into-y'], 'x'],
    ['both were bound in one instant: the survivor stays', binding('from', 'x', 5), binding('into', 'y', 5), ['from-x'], undefined],
  ])('when %s', (_, from, into, ended, created) => {
    const outcome = apply(from, into);
    expect(outcome.ended.map(({ bindingId, endReason }) => `${bindingId} ${endReason}`)).toEqual(ended.map((id) => `${id} merged`));
    expect(outcome.created[0]?.partnerId).toBe(created);
  });

  it('inv 9, 10: leaves the survivor the older partner, one binding in force, and no empty interval', () => {
    const bound = (customerId: string) =>
      fc
        .option(fc.record({ partner: fc.constantFrom('x', 'y'), from: fc.integer({ min: 1, max: 20 }) }), { nil: undefined })
        .map((one) => one && binding(customerId, one.partner, one.from));
    check([bound('from'), bound('into'), fc.integer({ min: 0, max: 25 })], (from, into, at) => {
      const older = !from ? into?.partnerId : !into || from.validFrom < into.validFrom ? from.partnerId : into.partnerId;
      const { known, ended } = apply(from, into, at);
      for (const one of ended) expect(one.validFrom).toBeLessThan(one.validTo!);
      const inForce = [...known.values()].flat().filter((one) => one.validTo === null);
      expect(inForce.map(({ customerId, partnerId }) => [customerId, partnerId])).toEqual(older === undefined ? [] : [['into', older]]);
    });
  });

  it('counts the age of a binding through earlier merges', () => {
    const known = bindingsOf(binding('first', 'x', 1), binding('second', 'y', 5));
    const merges = [merge(10, 'first'), merge(20, 'second')];
    decideBindings(
      [],
      known,
      { mode: 'first', protectionDays: null },
      () => 'new',
      new Map(merges.map((one) => [one.retiredId, one])),
      merges,
    );
    expect(bindingAt(known.get('into'), 20)).toMatchObject({ partnerId: 'x', validFrom: 10, madeAt: 0 });
  });

  it.each([
    ['before', 15, 20],
    ['in the same instant', 20, 21],
    ['after', 30, 31],
  ])('into somebody who was merged %s it goes to who that person has become', (_, gone, validFrom) => {
    const known = bindingsOf(binding('from', 'x', 5), binding('into', 'y', 8));
    const first = merge(gone, 'into', 'last');
    happen(known, [first], [first]);
    happen(known, [first, merge(20)], [merge(20)]);
    expect(inForce(known)).toMatchObject([{ customerId: 'last', partnerId: 'x', validFrom }]);
  });

  it('inv 9, 10: in whatever order merges and purchases arrive, nobody is bound twice at a moment, and nobody who retired', () => {
    const person = fc.constantFrom('p0', 'p1', 'p2', 'p3', 'p4');
    // Who is who is found out in this order; distribution learns of it in batches, by which time others may be known.
    const step = fc.record({
      retiredId: person,
      customerId: person,
      at: fc.integer({ min: 1, max: 6 }),
      batch: fc.integer({ min: 0, max: 3 }),
      buys: fc.option(fc.constantFrom('x', 'y')),
    });
    check([fc.array(step, { maxLength: 12 }), fc.constantFrom<BindingMode>('first', 'last')], (steps, mode) => {
      const retired = new Set<string>();
      const found = steps.map(({ retiredId, customerId, at, batch, buys: partnerId }, index) => {
        if (partnerId !== null) {
          const orderId = `o${index}`;
          return { batch, buys: { customerId: retiredId, occurredAt: at, lineNo: 1, externalId: orderId, orderId, partnerId } };
        }
        if (retiredId === customerId || retired.has(retiredId) || retired.has(customerId)) return { batch };
        retired.add(retiredId);
        return { batch, merge: merge(at, retiredId, customerId) };
      });
      const known = new Map<string, Binding[]>();
      const merges: Merge[] = [];
      for (const now of [0, 1, 2, 3]) {
        const own = found.filter(({ batch }) => batch === now);
        const happening = own.flatMap((one) => one.merge ?? []).sort((a, b) => a.occurredAt - b.occurredAt);
        merges.push(...happening);
        happen(
          known,
          merges,
          happening,
          own.flatMap((one) => one.buys ?? []),
          mode,
        );
      }
      for (const bindings of known.values())
        for (const one of bindings) {
          expect(one.validTo ?? Infinity).toBeGreaterThan(one.validFrom);
          for (const other of bindings)
            if (other !== one && other.validFrom <= one.validFrom) expect(other.validTo ?? Infinity).toBeLessThanOrEqual(one.validFrom);
        }
      expect(inForce(known).filter(({ customerId }) => retired.has(customerId))).toEqual([]);
    });
  });

  it.each([
    ['was bound then', binding('from', 'x', 5)],
    ['was not', undefined],
  ])('inv 9, 10: a purchase from before it that arrives after it binds nobody (who retired %s)', (_, from) => {
    const known = bindingsOf(from);
    const happened = merge(20);
    const policy = { mode: 'last' as const, protectionDays: null };
    const merges = new Map([['from', happened]]);
    decideBindings([], known, policy, () => 'new', merges, [happened]);
    const late = { customerId: 'from', occurredAt: 15, lineNo: 1, externalId: 'o', orderId: 'o', partnerId: 'y' };
    const decision = decideBindings([late], known, policy, () => 'newer', merges);
    expect([...decision.late]).toEqual(['o']);
    expect(decision).toMatchObject({ created: [], ended: [], touched: new Set() });
  });

  it('takes effect in order of occurrence, between purchases of one batch', () => {
    const buy = (customerId: string, occurredAt: number, partnerId: string) => ({
      customerId,
      occurredAt,
      lineNo: 1,
      externalId: `o${occurredAt}`,
      orderId: `o${occurredAt}`,
      partnerId,
    });
    const known = new Map<string, Binding[]>();
    const happening = [merge(20)];
    let made = 0;
    decideBindings(
      [buy('into', 10, 'y'), buy('from', 5, 'x'), buy('into', 30, 'z')],
      known,
      { mode: 'first', protectionDays: null },
      () => `b${(made += 1)}`,
      new Map([['from', happening[0]!]]),
      happening,
    );
    const partnerAt = (customerId: string, at: number) => bindingAt(known.get(customerId), at)?.partnerId;
    expect([partnerAt('from', 19), partnerAt('into', 19), partnerAt('from', 20), partnerAt('into', 20), partnerAt('into', 31)]).toEqual([
      'x',
      'y',
      undefined,
      'x',
      'x',
    ]);
  });
});

describe('who a person was', () => {
  it.each([
    ['before the merge', 'a', 9, 'a'],
    ['from the merge on', 'a', 10, 'b'],
    ['after both merges', 'a', 20, 'c'],
    ['the one that lives on', 'c', 99, 'c'],
  ])('%s', (_, customerId, at, expected) => {
    const merges = new Map([merge(10, 'a', 'b'), merge(20, 'b', 'c')].map((one) => [one.retiredId, one]));
    expect(personAt(customerId, at, merges)).toBe(expected);
  });
});
