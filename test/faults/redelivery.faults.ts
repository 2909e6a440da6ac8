import type { ServiceName } from '@concentric/contracts';
import { eventually } from '@concentric/testing';
import { expectMoneyInOrder, moneyOf } from '../flows/assertions';
import { FlowBrand, lineServices } from '../flows/flow-brand';
import { services } from '../flows/installation';
import { liveThrough } from './trouble';

/** Everything that was ever sent is sent again, in another order, while nothing new happens. */
export function redeliveryFaults(world: () => FlowBrand['world']): void {
  it('changes no balance when every event of the archive is delivered again, backwards (assertion c; inv 13, 16)', async () => {
    const { installation } = world();
    const brand = await FlowBrand.open(world(), 'delivered-twice');
    await liveThrough(brand);
    const money = await moneyOf(brand);
    const before = await duplicatesSeen(world());
    for (const service of lineServices) {
      // Only messages that somebody consumes can be seen to arrive; the rest would be sent to nobody.
      await installation.query(service)('UPDATE outbox SET position = -position, relayed_at = NULL, next_attempt_at = 0');
    }
    const relayed = () =>
      Promise.all(
        lineServices.map((service) =>
          installation.query<{ n: unknown }>(service)('SELECT COUNT(*) AS n FROM outbox WHERE relayed_at IS NULL'),
        ),
      );
    await eventually('the archive to be sent again', async () => (await relayed()).every(([row]) => Number(row!.n) === 0), 60_000);
    const expected = await deliveries(world());
    await eventually('all of it to have been recognised', async () => (await duplicatesSeen(world())) - before >= expected, 60_000);
    await brand.quiet();
    await expectMoneyInOrder(brand);
    expect(await moneyOf(brand)).toEqual(money);
    for (const service of lineServices) await installation.query(service)('UPDATE outbox SET position = -position');
  });
}

/** How many messages the consumers have handled: one inbox row each, for all of them now. */
async function deliveries({ installation }: FlowBrand['world']): Promise<number> {
  const counts = await Promise.all(
    services.map((service) => installation.query<{ n: unknown }>(service)('SELECT COUNT(*) AS n FROM inbox')),
  );
  const fromElsewhere = await Promise.all(
    (['organization', 'content-planning'] as ServiceName[]).map((service) =>
      installation.query<{ n: unknown }>(service)('SELECT COUNT(*) AS n FROM outbox'),
    ),
  );
  expect(fromElsewhere.map(([row]) => Number(row!.n))).toEqual([0, 0]);
  return counts.reduce((sum, [row]) => sum + Number(row!.n), 0);
}

async function duplicatesSeen({ installation }: FlowBrand['world']): Promise<number> {
  let seen = 0;
  for (const service of services) {
    const text = await fetch(`${installation.urls[service]}/api/${service}/ops/metrics`).then((response) => response.text());
    for (const [, value] of text.matchAll(/^concentric_inbox_duplicates_total\{[^}]*\} (\d+)/gm)) seen += Number(value);
  }
  return seen;
}
