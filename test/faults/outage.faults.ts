import { eventually } from '@concentric/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { FlowBrand, lineServices } from '../flows/flow-brand';
import { type Answer, RawCaller } from '../flows/http-call';
import type { PrivateServers } from './private-servers';
import { expectNothingLostOrDoubled, januaryOrders, liveThrough, restart, sendEverything } from './trouble';

/** Broker and database go away and come back while orders keep arriving. */
export function outageFaults(
  world: () => FlowBrand['world'],
  servers: () => PrivateServers,
  undisturbed: () => Record<string, readonly string[]>,
): void {
  it('takes orders in while the broker is away, and sends everything once it is back (inv 13, 26)', async () => {
    const brand = await FlowBrand.open(world(), 'without-broker');
    const load = new Load(brand);
    await load.until(10);
    await servers().kill('rabbitmq');
    await load.until(30);
    const { unrelayed } = await world().crew.operations.get<{ unrelayed: number }>('commerce', '/ops/flow');
    expect(unrelayed).toBeGreaterThan(0);
    await servers().resume();
    await load.finish();
    expect(load.refused).toEqual([]);
    await liveThrough(brand);
    await expectNothingLostOrDoubled(brand, undisturbed());
  });

  it('answers 503 and when to come back while the database is away, and goes on by itself once it is there again (inv 24, 26)', async () => {
    const brand = await FlowBrand.open(world(), 'without-database');
    const load = new Load(brand);
    await load.until(10);
    await servers().kill('mariadb');
    await eventually('an order to be refused', async () => load.refused.length > 0, 30_000);
    const resumed = servers().resume();
    await load.finish();
    await resumed;
    expect(new Set(load.refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(load.refused.every(({ retryAfter }) => retryAfter !== null && retryAfter > 0)).toBe(true);
    for (const service of lineServices) {
      await eventually(
        `${service} to be ready again`,
        () => fetch(`${world().installation.urls[service]}/api/${service}/ops/ready`).then(({ ok }) => ok),
        30_000,
      );
    }
    await liveThrough(brand);
    await expectNothingLostOrDoubled(brand, undisturbed());
  });
}

/** One service is away while the others work: what it hears from them arrives late, refunds before their orders. */
export function absenceFaults(world: () => FlowBrand['world'], undisturbed: () => Record<string, readonly string[]>): void {
  it.each(['membership', 'distribution', 'indicators'] as const)(
    'comes to the same money when %s was away while everything happened (inv 16, 17)',
    async (service) => {
      const brand = await FlowBrand.open(world(), `without-${service}`);
      await world().installation.kill(service);
      await sendEverything(brand);
      await restart(world(), service);
      await brand.quiet();
      await liveThrough(brand);
      await expectNothingLostOrDoubled(brand, undisturbed());
    },
  );
}

/** Sends January's orders one after the other, each until it is taken. */
class Load {
  readonly refused: Answer[] = [];
  private taken = 0;
  private failure: unknown;
  private readonly running: Promise<void>;

  constructor(private readonly brand: FlowBrand) {
    this.running = this.run().catch((error: unknown) => void (this.failure = error));
  }

  /** Waits until so many orders have been taken in. */
  async until(orders: number): Promise<void> {
    await eventually(`${orders} orders to be taken in`, async () => this.failure !== undefined || this.taken >= orders, 40_000);
    if (this.failure !== undefined) throw this.failure;
  }

  async finish(): Promise<void> {
    await this.running;
    if (this.failure !== undefined) throw this.failure;
  }

  private async run(): Promise<void> {
    const { world, brandId } = this.brand;
    const caller = await RawCaller.signIn(world.installation, 'operations');
    for (const [index, order] of januaryOrders.entries()) {
      for (let tries = 0; ; tries += 1) {
        const answer = await caller.send('POST', 'commerce', `/brands/${brandId}/orders`, JSON.stringify(order), {
          'idempotency-key': `load-${index}`,
        });
        if (answer.status < 300) break;
        this.refused.push(answer);
        if (answer.status !== 503)
          throw new Error(`order ${order.externalId} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
        if (tries > 500) throw new Error(`order ${order.externalId} was never taken in`);
        // What a client does that reads Retry-After, only more eagerly.
        await pause(100);
      }
      this.taken = index + 1;
    }
  }
}
