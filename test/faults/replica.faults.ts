import { setTimeout as pause } from 'node:timers/promises';
import { expectMoneyInOrder, moneyOf } from '../flows/assertions';
import type { FlowBrand } from '../flows/flow-brand';
import { RawCaller } from '../flows/http-call';
import { NOW } from '../flows/world';
import { contradictions } from './books-alone';
import { expectFilesUnchanged, openBusy } from './busy-brand';
import type { PrivateServers } from './private-servers';

const MONTHS = 2;
const FROZEN_MS = 1_000;
const PEACE_MS = 2_000;

/** Two processes of the service that settles and pays, each of which believes to be the only one. */
export function replicaFaults(world: () => FlowBrand['world'], servers: () => PrivateServers): void {
  it('settles and pays once while two do it at once, each is stopped and comes back late, and Redis forgets everything (inv 28-30, 36, 37)', async () => {
    const { installation } = world();
    const replica = await installation.replicate('distribution');
    const operations = await RawCaller.signIn(installation, 'operations');
    const headers = { authorization: `Bearer ${operations.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ now: new Date(NOW).toISOString() });
    expect(await fetch(`${replica.url}/api/distribution/ops/clock`, { method: 'POST', headers, body })).toMatchObject({
      ok: true,
    });
    const { brand, months } = await openBusy(world(), 'two-at-once');
    let isOver = false;
    const life = months.live(MONTHS).finally(() => (isOver = true));
    const ask = installation.query<Record<string, unknown>>('distribution');
    for (let round = 0; !isOver; round += 1) {
      await brand.post('maker', '/controls', {});
      const late = round % 2 === 0 ? installation.processOf('distribution') : replica.name;
      installation.freeze(late);
      // Its leases are taken for run out, so that the other takes over what it believes to own.
      await ask("UPDATE job SET lease_until = 0 WHERE state = 'running'");
      await ask('UPDATE job_run SET lease_until = 0');
      await servers().forgetRedis();
      await pause(FROZEN_MS);
      installation.thaw(late);
      await pause(PEACE_MS);
    }
    await life;
    await brand.quiet();
    expect(months.unexplained).toEqual([]);
    await expectMoneyInOrder(brand);
    await expectFilesUnchanged(brand, [installation.urls.distribution, replica.url]);
    expect(await contradictions(ask)).toEqual([]);

    const twin = await openBusy(world(), 'one-at-a-time');
    await installation.kill(replica.name, 'SIGTERM');
    await twin.months.live(MONTHS);
    await brand.quiet();
    expect(await moneyOf(brand)).toEqual(await moneyOf(twin.brand));
  });
}
