import type { OrderInput, RefundInput } from '@concentric/contracts';
import { eventually } from '@concentric/testing';
import { expectMoneyInOrder, moneyOf } from '../flows/assertions';
import { channels, FlowBrand, order } from '../flows/flow-brand';
import { tellTheTime } from '../flows/world';

/** Two months of one brand, with a close in between and refunds on both sides of it. */
export const januaryOrders: OrderInput[] = Array.from({ length: 48 }, (_, n) =>
  order({
    id: `O${n}`,
    at: `2026-01-${String(1 + (n % 28)).padStart(2, '0')} 10:${String(n).padStart(2, '0')}:00`,
    net: 1_000 + n * 137,
    buyer: `b${n % 9}`,
    store: `S${1 + (n % 3)}`,
  }),
);
const refundOf = (n: number, at: string): RefundInput => ({
  channel: 'till',
  externalId: `R${n}-${at.slice(0, 7)}`,
  orderExternalId: `O${n}`,
  occurredAt: at,
  amountMinor: 301 + n,
});
const januaryRefunds = [3, 7, 11, 19].map((n) => refundOf(n, '2026-01-29 12:00:00'));
const datesOfJanuary = Array.from({ length: 31 }, (_, day) => `2026-01-${String(day + 1).padStart(2, '0')}`);
const februaryOrders = [order({ id: 'F1', at: '2026-02-03 10:00:00', net: 5_000, buyer: 'b1', store: 'S3' })];
const februaryRefunds = [3, 8, 20].map((n) => refundOf(n, '2026-02-10 12:00:00'));

/** Lives through the two months. Everything in it may be repeated after it was cut off anywhere. */
export async function liveThrough(brand: FlowBrand, takeOrders = () => brand.take({ orders: januaryOrders })): Promise<void> {
  await takeOrders();
  await brand.take({ refunds: januaryRefunds });
  await brand.sealAgainThrough('2026-01-31');
  await brand.take({ orders: februaryOrders, refunds: februaryRefunds });
  await brand.sealAgainThrough('2026-02-28');
}

/** Sends January, refunds first, and seals it without waiting for anybody. */
export async function sendEverything({ world, brandId }: FlowBrand): Promise<void> {
  const post = (what: string, items: readonly unknown[]) => world.crew.operations.post('commerce', `/brands/${brandId}/${what}`, { items });
  await post('refunds/batch', januaryRefunds);
  await post('orders/batch', januaryOrders);
  await post(
    'seals',
    datesOfJanuary.flatMap((businessDate) => channels.map((channel) => ({ channel, businessDate }))),
  );
}

/** What the two months come to when nothing goes wrong. */
export async function undisturbedMoney(world: FlowBrand['world']): Promise<Record<string, readonly string[]>> {
  const control = await FlowBrand.open(world, 'undisturbed');
  await liveThrough(control);
  return moneyOf(control);
}

/** Nothing is lost or doubled: the four assertions hold, and the money is that of the undisturbed run. */
export async function expectNothingLostOrDoubled(brand: FlowBrand, undisturbed: Record<string, readonly string[]>): Promise<void> {
  await expectMoneyInOrder(brand);
  expect(await moneyOf(brand)).toEqual(undisturbed);
}

/** Starts a process again and tells it the time. */
export async function restart({ installation, crew }: FlowBrand['world'], process: string): Promise<void> {
  await installation.launch(process);
  await tellTheTime(crew);
}

/**
 * Does something that may be repeated until it succeeds, starting the process again when it was killed.
 * @returns how often it was killed
 */
export async function throughKills(world: FlowBrand['world'], process: string, work: () => Promise<void>): Promise<number> {
  const { installation } = world;
  for (let kills = 0; ;) {
    try {
      await work();
      return kills;
    } catch (error) {
      // The connection may be seen to break before the end of the process is.
      const ended = await eventually(`${process} to have ended`, async () => !installation.isRunning(process), 2_000).catch(() => false);
      if (!ended) throw error;
      if (installation.endedBy(process) !== 'SIGKILL')
        throw new Error(`${process} ended by itself.\n${installation.logEnd(process)}`, { cause: error });
      kills += 1;
      await restart(world, process);
    }
  }
}
