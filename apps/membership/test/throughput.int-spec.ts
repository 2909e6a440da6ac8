import { databases } from '@concentric/testing';
import { day, membership, order, type Membership } from './membership.fixture';

const BATCH = 500;
const ORDERS = Number(process.env['THROUGHPUT_ORDERS'] ?? 5_000);

/** Prints what the attribution of orders costs; how fast a machine is, is no property of the code. */
describe.each(databases())('throughput, on $name', (db) => {
  let service: Membership;
  beforeAll(async () => (service = await membership(db)));
  afterAll(() => service.close());

  it.each([
    ['every order of a new person', 1],
    ['five orders a person', 5],
  ])('%s', async (name, ordersPerPerson) => {
    const orders = Array.from({ length: ORDERS }, (_, i) => {
      const person = Math.floor((i * 7919) % (ORDERS / ordersPerPerson));
      return order(`${name}-${i}`, day(0) + i * 60_000, 20 + (i % 500), [service.identity(`${name}-${person}`, 'external')]);
    });
    const [started, used] = [performance.now(), process.cpuUsage()];
    for (let from = 0; from < orders.length; from += BATCH) await service.buy(...orders.slice(from, from + BATCH));
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(used);
    const perCpuSecond = (ORDERS / ((user + system) / 1e6)).toFixed(0);
    process.stdout.write(
      `membership, ${db.name}, ${name}: ${(ORDERS / seconds).toFixed(0)} orders/s in batches of ${BATCH}, ${perCpuSecond} per CPU second of this process\n`,
    );
    const [row] = await service.rows<{ n: unknown }>('SELECT COUNT(*) AS n FROM purchase WHERE external_id LIKE ?', [`${name}-%`]);
    expect(Number(row?.n)).toBe(ORDERS);
  });
});
