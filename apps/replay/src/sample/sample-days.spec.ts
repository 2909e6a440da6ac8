import { expenseInput, orderInput, partnerInput, productInput, refundInput } from '@concentric/contracts';
import { createHash } from 'node:crypto';
import type { Day } from '../history/day';
import { SAMPLE_MEMBERS, SAMPLE_ORDERS, sampleHeldOrder } from './sample-sales';
import { sampleDays } from './sample-days';

let days: Day[];
beforeAll(async () => {
  days = [];
  for await (const day of sampleDays()) days.push(day);
});

const all = <K extends 'orders' | 'refunds' | 'partners' | 'products' | 'expenses'>(kind: K) =>
  days.flatMap((day) => day[kind] as Day[K][number][]);

describe('the sample year', () => {
  it('is the same to the byte each time it is generated', async () => {
    const hash = createHash('sha256');
    for (const day of days) hash.update(JSON.stringify(day));
    expect(hash.digest('hex')).toBe('f683647e5416b622c6465f86b7588c43cd5d2bbabfc45d73670cade9fbba39bd');
  });

  it('has the size that it promises', () => {
    const partners = all('partners');
    const codesOf = (type: string) => new Set(partners.filter((partner) => partner.type === type).map(({ code }) => code)).size;
    expect(['distributor', 'store', 'guide', 'group_leader'].map(codesOf)).toEqual([30, 1000, 3000, 200]);
    expect(all('orders')).toHaveLength(SAMPLE_ORDERS);
    const phones = new Set(
      all('orders').flatMap(({ buyer }) => (buyer ?? []).filter(({ type }) => type === 'phone').map(({ value }) => value)),
    );
    expect(phones.size).toBe(SAMPLE_MEMBERS);
    expect(new Set(all('orders').map(({ channel }) => channel)).size).toBe(5);
    expect(all('refunds').length / SAMPLE_ORDERS).toBeGreaterThan(0.035);
    expect(all('refunds').length / SAMPLE_ORDERS).toBeLessThan(0.045);
  });

  it('has an order of a store that is not in its network', () => {
    expect(all('partners').map(({ code }) => code)).not.toContain(sampleHeldOrder.storeCode);
    expect(all('orders').map(({ externalId }) => externalId)).not.toContain(sampleHeldOrder.externalId);
  });

  it('is taken in by the rules of the intake', () => {
    [...all('orders'), sampleHeldOrder].forEach((order) => orderInput.parse(order));
    all('refunds').forEach((refund) => refundInput.parse(refund));
    all('partners').forEach((partner) => partnerInput.parse(partner));
    all('products').forEach((product) => productInput.parse(product));
    all('expenses').forEach((expense) => expenseInput.parse(expense));
    expect(new Set(all('orders').map(({ externalId }) => externalId)).size).toBe(SAMPLE_ORDERS);
  });

  it('moves stores and guides in the middle of the year and refunds some orders after their month', () => {
    const moved = days.slice(1).flatMap((day) => day.partners);
    expect(moved.filter(({ type }) => type === 'store').length).toBeGreaterThan(40);
    expect(moved.filter(({ type }) => type === 'guide').length).toBeGreaterThan(100);
    const placed = new Map(all('orders').map(({ externalId, placedAt }) => [externalId, placedAt.slice(0, 7)]));
    expect(
      all('refunds').filter(({ orderExternalId, occurredAt }) => placed.get(orderExternalId!)! < occurredAt.slice(0, 7)).length,
    ).toBeGreaterThan(300);
  });
});
