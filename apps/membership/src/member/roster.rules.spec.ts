import { ladderOf } from '../tier/tier.rules';
import { livingPerson, newPerson, Roster, type Person } from './roster.rules';

const DAY = 86_400_000;
const policy = {
  registerOnPurchase: true,
  ladder: ladderOf([0, 500, 2_000, 5_000, 20_000], 'CNY'),
  dateOf: (at: number) => new Date(at).toISOString().slice(0, 10),
};
let ids = 0;
const roster = (known: Record<string, Person> = {}, registerOnPurchase = true) =>
  new Roster({ ...policy, registerOnPurchase }, () => `p${(ids += 1)}`, new Map(Object.entries(known)));
const order = (orderId: string, day: number, yuan: number, ...identities: string[]) => ({
  orderId,
  at: day * DAY,
  netMinor: yuan * 100,
  identities,
});
const stored = (customerId: string, changes: Partial<Person> = {}): Person => ({
  ...newPerson(customerId, 0),
  isNew: false,
  changed: false,
  ...changes,
});

describe('roster', () => {
  beforeEach(() => (ids = 0));

  it('makes one person of several orders of one new person, and one tier row for the first of them', () => {
    const batch = roster();
    expect(batch.attribute(order('a', 1, 600, 'phone'))).toMatchObject({ member: true, tier: 'T1' });
    expect(batch.attribute(order('b', 2, 600, 'phone', 'card'))).toMatchObject({ member: true, tier: 'T1' });
    expect(batch.attribute(order('c', 3, 900, 'card'))).toMatchObject({ member: true, tier: 'T2' });
    expect(batch.changed()).toHaveLength(1);
    expect(batch.registered).toHaveLength(1);
    expect(batch.tierChanges.map(({ from, to, reason, endedAt }) => [from, to, reason, endedAt])).toEqual([
      [null, 1, 'registered', 3 * DAY],
      [1, 2, 'spend', null],
    ]);
  });

  it('knows nobody behind an order without identities', () => {
    expect(roster().attribute(order('a', 1, 600))).toEqual({ person: null, member: false, tier: null, merged: [] });
  });

  it('makes a person, but no member, where purchases do not register', () => {
    const batch = roster({}, false);
    expect(batch.attribute(order('a', 1, 600, 'phone'))).toMatchObject({ member: false, tier: null });
    expect(batch.changed()).toHaveLength(1);
    expect([...batch.registered, ...batch.tierChanges]).toEqual([]);
  });

  it('merges two persons into the one known earlier, with everything they have spent', () => {
    const elder = stored('elder', {
      knownFrom: 1,
      memberSince: 1,
      level: 0,
      tierSeq: 1,
      tierSince: 1,
      spends: [{ orderId: 'x', at: 1, netMinor: 30_000 }],
    });
    const younger = stored('younger', {
      knownFrom: 2,
      memberSince: 2,
      level: 0,
      tierSeq: 1,
      tierSince: 2,
      spends: [{ orderId: 'y', at: 2, netMinor: 30_000 }],
    });
    const batch = roster({ phone: younger, card: elder });
    const { person, tier } = batch.attribute(order('a', 5, 1, 'phone', 'card'));
    expect(person?.customerId).toBe('elder');
    expect(tier).toBe('T1');
    expect(livingPerson(younger)).toBe(elder);
    expect(batch.merges).toHaveLength(1);
    expect(batch.tierChanges.map(({ to, reason }) => [to, reason])).toEqual([[1, 'merge']]);
    expect(batch.tierEnds.map(({ person: { customerId } }) => customerId).sort()).toEqual(['elder', 'younger']);
    expect(batch.statusEnds.map(({ person: { customerId } }) => customerId)).toEqual(['younger']);
    expect(batch.attribute(order('b', 6, 1, 'phone')).person?.customerId).toBe('elder');
  });

  it('lets the survivor hold the higher of two tiers and the membership of either', () => {
    const elder = stored('elder', { knownFrom: 1 });
    const younger = stored('younger', {
      knownFrom: 2,
      memberSince: 2,
      level: 4,
      tierSeq: 3,
      tierSince: 9,
      spends: null,
    });
    const batch = roster({ phone: younger, card: elder }, false);
    expect(batch.attribute(order('a', 5, 1, 'phone', 'card'))).toMatchObject({ member: true, tier: 'T4' });
    expect(elder).toMatchObject({ memberSince: 2, level: 4 });
    expect(batch.statusStarts.map(({ person, at, reason }) => [person.customerId, at, reason])).toEqual([['elder', 2, 'merged']]);
  });

  it('never restates: an older purchase that arrives late lifts the tier from now on and keeps its own', () => {
    const person = stored('p', {
      knownFrom: 10 * DAY,
      memberSince: 10 * DAY,
      level: 1,
      tierSeq: 2,
      tierSince: 20 * DAY,
      earlier: [{ level: 0, from: 10 * DAY, to: 20 * DAY }],
    });
    person.spends = [{ orderId: 'x', at: 20 * DAY, netMinor: 60_000 }];
    const batch = roster({ phone: person });
    expect(batch.attribute(order('late', 15, 1_500, 'phone'))).toMatchObject({ member: true, tier: 'T0' });
    expect(batch.tierChanges.map(({ to, at }) => [to, at])).toEqual([[2, 20 * DAY]]);
    expect(batch.attribute(order('later still', 5, 1, 'phone'))).toMatchObject({ member: true, tier: 'T0' });
    expect(person.knownFrom).toBe(5 * DAY);
    expect(person.memberSince).toBe(10 * DAY);
  });

  it('steps down at the anniversary or keeps the tier for another year', () => {
    const falling = stored('f', {
      memberSince: 0,
      level: 3,
      tierSeq: 1,
      tierSince: 0,
      reviewOn: '1971-01-01',
      spends: [],
    });
    const staying = stored('s', {
      memberSince: 0,
      level: 1,
      tierSeq: 1,
      tierSince: 0,
      reviewOn: '1971-01-01',
      spends: [{ orderId: 'x', at: 360 * DAY, netMinor: 50_000 }],
    });
    const batch = roster({ falling, staying });
    for (const person of [falling, staying]) batch.review(person, 366 * DAY);
    expect(batch.tierChanges.map(({ person, to, reason }) => [person.customerId, to, reason])).toEqual([['f', 2, 'anniversary']]);
    expect(staying).toMatchObject({ level: 1, reviewOn: '1972-01-01' });
    expect(falling).toMatchObject({ reviewOn: '1972-01-02' });
  });
});
