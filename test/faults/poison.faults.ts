import { randomUUID } from 'node:crypto';
import { eventually } from '@concentric/testing';
import { expectMoneyInOrder } from '../flows/assertions';
import { idParam } from '../flows/direct-query';
import { FlowBrand, order } from '../flows/flow-brand';

interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly errorMessage: string;
}
type Letters = { data: DeadLetter[]; total: number };

/** An event that nobody can read: aside with it, on with the others. */
export function poisonFaults(world: () => FlowBrand['world']): void {
  it('sets a malformed event aside with its original error, lets the others flow, and takes it on the replay command once it is mended', async () => {
    const { installation, crew } = world();
    const brand = await FlowBrand.open(world(), 'poisoned');
    await brand.take({
      orders: [order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, buyer: 'b1', store: 'S1' })],
    });
    const outbox = installation.query<{ type: string; body: string; position: unknown }>('commerce');
    const known = (
      await outbox("SELECT type, body, position FROM outbox WHERE type = 'commerce.order-paid.v1' ORDER BY position DESC LIMIT 1")
    )[0]!;
    const [event] = JSON.parse(known.body) as {
      id: string;
      data: { orderId: string; externalId: string; businessDate: string };
    }[];
    const sound = { ...event!, id: randomUUID(), data: { ...event!.data, orderId: randomUUID(), externalId: 'O2' } };
    const poison = { ...sound, data: { ...sound.data, businessDate: 'the day after' } };
    await outbox(
      'INSERT INTO outbox (message_id, position, type, events, body, created_at, attempts, next_attempt_at) VALUES (?, ?, ?, 1, ?, 0, 0, 0)',
      [idParam(randomUUID()), Number(known.position) + 1, known.type, JSON.stringify([poison])],
    );
    const lettersOf = (service: 'membership' | 'indicators') => crew.operations.get<Letters>(service, '/ops/dead-letters?state=dead');
    const letters = await eventually(
      'the poison to be set aside',
      async () => {
        const found = [await lettersOf('membership'), await lettersOf('indicators')];
        return found.every(({ data }) => data.length > 0) && found;
      },
      30_000,
    );
    for (const { data } of letters) expect(data[0]!.errorMessage).toContain('businessDate');

    await crew.operations.post('commerce', `/brands/${brand.brandId}/orders/batch`, {
      items: [order({ id: 'O3', at: '2026-01-06 10:00:00', net: 10_000, buyer: 'b3', store: 'S1' })],
    });
    const personsAre = (persons: number) =>
      eventually(
        `${persons} persons to be known`,
        async () => (await brand.get<{ persons: number }>('membership', '/members/summary')).persons === persons,
      );
    await personsAre(2);

    for (const service of ['membership', 'indicators'] as const) {
      expect(await crew.operations.post(service, '/ops/dead-letters/replay', {})).toMatchObject({
        replayed: 0,
        failed: 1,
      });
      await installation.query(service)("UPDATE dead_letter SET body = ? WHERE state = 'dead'", [JSON.stringify(sound)]);
      expect(await crew.operations.post(service, '/ops/dead-letters/replay', {})).toMatchObject({
        replayed: 1,
        failed: 0,
      });
      expect((await lettersOf(service)).total).toBe(0);
    }
    await brand.quiet();
    const sales = await brand.get<{ rows: { value: number | null }[] }>(
      'indicators',
      '/values?key=net_sales_amount&from=2026-01-01&to=2026-02-01',
    );
    expect(sales.rows[0]!.value).toBe(30_000);
    await expectMoneyInOrder(brand);
  });
}
