import { databases } from '@concentric/testing';
import { CommissionService } from '../src/projection/commission.service';
import { SalesService } from '../src/projection/sales.service';
import { accrued, indicators, order, type Indicators } from './indicators.fixture';

const BATCH = 500;
const ORDERS = Number(process.env['THROUGHPUT_ORDERS'] ?? 5_000);

/** Prints what the projections of orders and their commission cost; how fast a machine is, is no property of the code. */
describe.each(databases())('throughput, on $name', (db) => {
  let service: Indicators;
  beforeAll(async () => (service = await indicators(db)));
  afterAll(() => service.close());

  it('counts orders and their commission', async () => {
    const orders = Array.from({ length: ORDERS }, (_, i) => {
      const date = new Date(Date.UTC(2026, 0, 1 + Math.floor((i * 365) / ORDERS))).toISOString().slice(0, 10);
      return order(`o${i}`, date, [
        [`s${(i * 7919) % 1_000}`, 10 + (i % 90)],
        [`s${(i * 7919) % 1_000}`, 5],
      ]);
    });
    const commission = orders.map(accrued);
    const [started, used] = [performance.now(), process.cpuUsage()];
    for (let from = 0; from < ORDERS; from += BATCH) {
      await service.database.transaction((tx) => service.get(SalesService).countOrders(tx, orders.slice(from, from + BATCH)));
      await service.database.transaction((tx) => service.get(CommissionService).countAccrued(tx, commission.slice(from, from + BATCH)));
    }
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(used);
    const perCpuSecond = (ORDERS / ((user + system) / 1e6)).toFixed(0);
    process.stdout.write(
      `indicators, ${db.name}: ${(ORDERS / seconds).toFixed(0)} orders/s in batches of ${BATCH}, ${perCpuSecond} per CPU second of this process\n`,
    );
    const [row] = await service.rows<{ n: unknown }>('SELECT SUM(orders) AS n FROM sales_daily');
    expect(Number(row?.n)).toBe(ORDERS);
  });
});
