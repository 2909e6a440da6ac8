import { anniversaryOf, growthValue, ladderOf, levelAfterAnniversary, levelAfterRefund, levelFor, type Spend } from './tier.rules';

const DAY = 86_400_000;
const ladder = ladderOf([0, 500, 2_000, 5_000, 20_000], 'CNY');
const spend = (orderId: string, day: number, yuan: number): Spend => ({ orderId, at: day * DAY, netMinor: yuan * 100 });

describe('tier rules', () => {
  it.each([
    [0, 0],
    [499, 0],
    [500, 1],
    [1_999, 1],
    [2_000, 2],
    [5_000, 3],
    [19_999, 3],
    [20_000, 4],
    [1_000_000, 4],
  ])('a growth value of %i holds level %i', (growth, level) => expect(levelFor(growth, ladder)).toBe(level));

  it('counts whole currency units of the currency, never parts of one', () => {
    expect(growthValue([{ orderId: 'a', at: 0, netMinor: 49_999 }], 0, ladder)).toBe(499);
    expect(growthValue([{ orderId: 'a', at: 0, netMinor: 499 }], 0, ladderOf([0, 1, 2, 3, 4], 'JPY'))).toBe(499);
  });

  it('counts the rolling 365 days: this moment is in, the same moment 365 days earlier is out', () => {
    const spends = [spend('old', 0, 100), spend('new', 365, 7)];
    expect(growthValue(spends, 364 * DAY, ladder)).toBe(100);
    expect(growthValue(spends, 365 * DAY, ladder)).toBe(7);
    expect(growthValue(spends, 365 * DAY - 1, ladder)).toBe(100);
  });

  it('falls at once by what the refunded purchase had earned', () => {
    const spends = [spend('a', 0, 600), spend('b', 10, 1_500)];
    expect(levelAfterRefund({ level: 2, since: 10 * DAY }, spends, { orderId: 'a', amountMinor: 60_000 }, 20 * DAY, ladder)).toBe(1);
  });

  it('does not make a refund answer for what has only aged away', () => {
    const spends = [spend('a', 0, 2_000), spend('b', 200, 100)];
    expect(levelAfterRefund({ level: 2, since: 0 }, spends, { orderId: 'b', amountMinor: 5_000 }, 380 * DAY, ladder)).toBe(2);
  });

  it('keeps the tier when later purchases carry it by now', () => {
    const spends = [spend('a', 0, 600), spend('b', 5, 700)];
    expect(levelAfterRefund({ level: 1, since: 0 }, spends, { orderId: 'a', amountMinor: 60_000 }, 6 * DAY, ladder)).toBe(1);
  });

  it('falls to the floor when everything is refunded in parts', () => {
    const spends = [spend('a', 0, 25_000)];
    const held = { level: 4, since: 0 };
    held.level = levelAfterRefund(held, spends, { orderId: 'a', amountMinor: 2_000_000 }, DAY, ladder);
    expect(held.level).toBe(3);
    held.level = levelAfterRefund({ level: held.level, since: DAY }, spends, { orderId: 'a', amountMinor: 500_000 }, 2 * DAY, ladder);
    expect(held.level).toBe(0);
  });

  it('steps down one tier at the anniversary, whatever the spend', () => {
    expect(levelAfterAnniversary(4, 0, ladder)).toBe(3);
    expect(levelAfterAnniversary(4, 20_000, ladder)).toBe(4);
    expect(levelAfterAnniversary(1, 499, ladder)).toBe(0);
    expect(levelAfterAnniversary(0, 0, ladder)).toBe(0);
  });

  it('knows the anniversary of a leap day', () => {
    expect(anniversaryOf('2024-02-29')).toBe('2025-03-01');
    expect(anniversaryOf('2027-03-31')).toBe('2028-03-31');
    expect(anniversaryOf('2023-02-28')).toBe('2024-02-28');
  });
});
