import type { BatchResult, OrderInput, OrderRow, RefundInput } from '@concentric/contracts';
import type { Flow } from './flow';
import { channels, order, plan } from './flow-brand';

export const orderFlows: Flow[] = [
  {
    name: 'takes commission back for refunds before, with and long after their order; after the close in the open period, naming their origin (inv 17, 19, 33)',
    async play(brand) {
      const refund = (id: string, of: string, at: string, amountMinor?: number): RefundInput => ({
        channel: 'till',
        externalId: id,
        orderExternalId: of,
        occurredAt: at,
        ...(amountMinor === undefined ? {} : { amountMinor }),
      });
      await brand.take({ refunds: [refund('R1', 'O1', '2026-01-06 10:00:00', 4_000)] });
      await brand.take({
        orders: [
          order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1' }),
          order({ id: 'O2', at: '2026-01-10 10:00:00', net: 20_000, store: 'S1' }),
          order({ id: 'O3', at: '2026-01-12 10:00:00', net: 9_999, store: 'S2' }),
        ],
        refunds: [refund('R2', 'O2', '2026-01-10 11:00:00', 5_000)],
      });
      await brand.sealThrough('2026-01-31');
      expect(await brand.earnings()).toEqual({
        'store/S1': 300 + 750,
        'store/S2': 499,
        'distributor/NORTH': 120 + 300 + 199,
      });
      await brand.take({
        refunds: [refund('R3', 'O3', '2026-02-10 10:00:00'), refund('R4', 'O1', '2026-02-11 10:00:00', 6_000)],
      });
      await brand.sealThrough('2026-02-28');
      expect(await brand.earnings()).toEqual({ 'store/S1': 750, 'store/S2': 0, 'distributor/NORTH': 300 });
      const february = (await brand.statements()).filter(({ period }) => period === '2026-02');
      expect(february.map(({ partnerCode, earnedMinor, reversedMinor }) => [partnerCode, earnedMinor, reversedMinor])).toEqual([
        ['NORTH', 0, 319],
        ['S1', 0, 300],
        ['S2', 0, 499],
      ]);
      const { rows } = await brand.get<{
        rows: { originPeriod: string; earnedMinor: number; reversedMinor: number }[];
      }>('indicators', '/commission-by-origin-period');
      expect(rows.map(({ originPeriod, earnedMinor, reversedMinor }) => [originPeriod, earnedMinor, reversedMinor])).toEqual([
        ['2026-01', 2_798, 1_748],
      ]);
    },
  },
  {
    name: 'moves an order by the newest status, however often and late older ones are repeated',
    async play(brand) {
      const at = (status: OrderInput['status']): OrderInput =>
        order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1', status });
      const unpaid = order({ id: 'O2', at: '2026-01-05 11:00:00', net: 10_000, store: 'S1', status: 'created' });
      await brand.take({ orders: [at('created'), unpaid] });
      await brand.take({
        orders: [
          at('shipped'),
          at('paid'),
          at('created'),
          { ...unpaid, status: 'cancelled', cancelledAt: '2026-01-06 10:00:00' },
          at('completed'),
        ],
      });
      const changed = await brand.world.crew.operations.post<BatchResult>('commerce', `/brands/${brand.brandId}/orders/batch`, {
        items: [{ ...at('completed'), lines: [{ sku: 'tea', netMinor: 1 }] }],
      });
      expect(changed).toMatchObject({ accepted: 0, rejected: [{ index: 0, externalId: 'O1' }] });
      await brand.sealThrough('2026-01-31');
      const { data } = await brand.get<{ data: OrderRow[] }>('commerce', '/orders?sort=externalId');
      expect(data.map(({ externalId, status }) => [externalId, status])).toEqual([
        ['O1', 'completed'],
        ['O2', 'cancelled'],
      ]);
      expect(await brand.earnings()).toEqual({ 'store/S1': 500, 'distributor/NORTH': 200 });
    },
  },
  {
    name: 'shares the margin of an order as soon as it is known what its product cost on that day, however late (inv 7)',
    options: {
      plans: [{ ...plan, rules: [{ role: 'store', recipient: { from: 'store' }, ratePpm: 100_000, base: 'margin' }] }],
    },
    async play(brand) {
      await brand.take({
        products: [{ sku: 'tea', name: 'Tea' }],
        orders: [
          order({ id: 'O1', at: '2026-01-05 10:00:00', net: 10_000, store: 'S1' }),
          order({ id: 'O2', at: '2026-01-20 10:00:00', net: 10_000, store: 'S2' }),
        ],
        refunds: [{ channel: 'till', externalId: 'R1', orderExternalId: 'O1', occurredAt: '2026-01-08 10:00:00', amountMinor: 5_000 }],
      });
      await brand.sealThrough('2026-01-25');
      expect(await brand.earnings()).toEqual({});
      await brand.take({ products: [{ sku: 'tea', name: 'Tea', unitCostMinor: 4_000, costFrom: '2026-01-10' }] });
      expect(await brand.earnings()).toEqual({ 'store/S2': 600 });
      const held = await brand.get<{ data: { externalId: string; reason: string; detail: string }[] }>('distribution', '/held-orders');
      expect(held.data).toMatchObject([{ externalId: 'O1', reason: 'cost_unknown', detail: 'tea' }]);
      await brand.take({ products: [{ sku: 'tea', name: 'Tea', unitCostMinor: 2_000, costFrom: '2026-01-01' }] });
      await brand.sealThrough('2026-01-31');
      expect(await brand.earnings()).toEqual({ 'store/S1': 400, 'store/S2': 600 });
    },
  },
  {
    name: 'takes everything back when a paid order is cancelled (inv 19, 20)',
    async play(brand) {
      const paid = order({ id: 'O1', at: '2026-01-05 10:00:00', net: 9_999, buyer: 'b1', store: 'S1', status: 'paid' });
      await brand.take({ orders: [paid, order({ id: 'O2', at: '2026-01-06 10:00:00', net: 10_000, store: 'S3' })] });
      await brand.sealThrough('2026-01-10');
      await brand.take({ orders: [{ ...paid, status: 'cancelled', cancelledAt: '2026-01-20 10:00:00' }] });
      await brand.sealThrough('2026-01-31');
      expect(await brand.earnings()).toEqual({
        'store/S1': 0,
        'distributor/NORTH': 0,
        'store/S3': 500,
        'distributor/SOUTH': 200,
      });
    },
  },
  {
    name: 'comes to the same money for a busy quarter that arrives twice and out of order (inv 13, 14, 16)',
    options: { settings: { holdingDays: 7 } },
    async play(brand) {
      for (const month of ['01', '02', '03']) {
        const orders: OrderInput[] = [];
        const refunds: RefundInput[] = [];
        for (let n = 0; n < 40; n += 1) {
          const day = String(1 + ((n * 7) % 28)).padStart(2, '0');
          const channel = channels[n % channels.length]!;
          const id = `${month}-${n}`;
          const store = `S${1 + (n % 3)}`;
          orders.push({
            ...order({
              id,
              at: `2026-${month}-${day} 10:${String(n).padStart(2, '0')}:00`,
              net: 0,
              buyer: `b${n % 11}`,
              store,
              channel,
            }),
            lines: [
              { sku: 'tea', netMinor: 1_000 + n * 137 },
              { sku: 'cup', netMinor: 333 * n },
              { sku: 'cup', netMinor: 333 * n },
            ],
          });
          const part = (k: number, at: string): RefundInput => ({
            channel,
            externalId: `R${id}-${k}`,
            orderExternalId: id,
            occurredAt: at,
            amountMinor: 101 + n * 3,
          });
          if (n % 4 === 0) refunds.push(part(1, `2026-${month}-${day} 12:00:00`), part(2, `2026-${month}-28 20:00:00`));
        }
        await brand.take({ orders, refunds });
        await brand.sealThrough(new Date(Date.UTC(2026, Number(month), 0)).toISOString().slice(0, 10));
      }
      expect(new Set((await brand.statements()).map(({ period }) => period))).toEqual(new Set(['2026-01', '2026-02', '2026-03']));
    },
  },
];
