import {
  commissionAccrued,
  commissionMatured,
  commissionReversed,
  partnerName,
  type DataOf,
  type IndicatorRow,
  type OrderPaid,
  type OrderRefunded,
} from '@concentric/contracts';
import { BrandDirectory, createService, Database, idIn, insertRows, namedId, SimulatedClock } from '@concentric/service-kit';
import { freshSchema, TestOperators, type TestDatabase } from '@concentric/testing';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { definition } from '../src/index';

export const brandId = namedId('brand/test');
export const partnerIdOf = (code: string): string => namedId(partnerName(brandId, code));
export const brand = {
  brandId,
  code: 'test',
  name: 'Test',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  channels: [{ code: 'till', domain: 'offline' as const, name: 'Till' }],
};

/** An indicators service on a schema of its own, listening; consumers are called by hand with what would be delivered. */
export async function indicators(db: TestDatabase) {
  const schema = await freshSchema(db, 'indicators');
  const operators = await TestOperators.create();
  const service = await createService(definition, {
    config: { ...schema.config, keySetUrl: operators.keySetUrl },
    clock: new SimulatedClock(),
    idle: true,
  });
  const get = <T>(type: abstract new (...args: never[]) => T): T => service.app.get(type, { strict: false });
  const database = get(Database);
  await database.transaction((tx) => get(BrandDirectory).save(tx, brand));
  const server = (await service.app.listen(0, '127.0.0.1')) as Server;
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/indicators/brands/${brandId}`;
  const call = async <T = Record<string, unknown>>(path: string, claims: object = {}): Promise<{ status: number; body: T }> => {
    const token = await operators.token({ permissions: ['indicators.value.read'], ...claims });
    const response = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as T };
  };
  return {
    service,
    operators,
    get,
    database,
    call,
    rows: <T = Record<string, unknown>>(sql: string): Promise<T[]> => database.read((tx) => tx.query(sql)),
    /** Rows of one indicator. */
    async values(key: string, query: string, claims: object = {}): Promise<IndicatorRow[]> {
      const { status, body } = await call<{ rows: IndicatorRow[] }>(`/values?key=${key}&${query}`, claims);
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
      return body.rows;
    },
    /** Who stood under whom: [partner, ancestor, from, to], dates of the brand. */
    place: (...paths: readonly (readonly [string, string, string, string | null])[]) =>
      database.transaction((tx) =>
        insertRows(
          tx,
          'network_path',
          ['brand_id', 'partner_id', 'ancestor_id', 'depth', 'valid_from', 'valid_to', 'revision'],
          paths.map(([partner, ancestor, from, to]) => [
            idIn(brandId),
            idIn(partnerIdOf(partner)),
            idIn(partnerIdOf(ancestor)),
            partner === ancestor ? 0 : 1,
            startOf(from),
            to === null ? null : startOf(to),
            1,
          ]),
        ),
      ),
    async close() {
      await service.close();
      await schema.drop();
    },
  };
}
export type Indicators = Awaited<ReturnType<typeof indicators>>;

const startOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

/** An order on a date; lines are [store, amount in yuan]. */
export function order(externalId: string, date: string, lines: readonly (readonly [string | null, number])[], channel = 'till'): OrderPaid {
  const occurredAt = new Date(startOf(date) + 3_600_000).toISOString();
  return {
    brandId,
    orderId: namedId(`order/${externalId}`),
    externalId,
    channel,
    channelDomain: 'offline',
    occurredAt,
    paidAt: occurredAt,
    businessDate: date,
    period: date.slice(0, 7),
    currency: 'CNY',
    touchpoint: null,
    lines: lines.map(([storeCode, yuan], i) => ({
      lineNo: i + 1,
      sku: 'sku',
      category: null,
      quantity: 1,
      netMinor: yuan * 100,
      costMinor: null,
      storeCode,
      guideCode: null,
      leaderCode: null,
    })),
    buyer: [],
  };
}

/** A refund on a date; lines are [line, amount in yuan]. */
export function refund(externalId: string, of: OrderPaid, date: string, lines: readonly (readonly [number, number])[]): OrderRefunded {
  const { occurredAt, businessDate, period } = order(externalId, date, []);
  return {
    brandId,
    refundId: namedId(`refund/${externalId}`),
    orderId: of.orderId,
    channel: of.channel,
    occurredAt,
    businessDate,
    period,
    currency: 'CNY',
    reason: null,
    lines: lines.map(([lineNo, yuan]) => ({ lineNo, amountMinor: yuan * 100 })),
  };
}

const origin = ({ orderId, channel, businessDate, period }: OrderPaid) => ({
  brandId,
  orderId,
  channel,
  originDate: businessDate,
  originPeriod: period,
  currency: 'CNY',
});

/** 5 % of every line to its store. */
export function accrued(of: OrderPaid): DataOf<typeof commissionAccrued> {
  return {
    ...origin(of),
    lines: of.lines.map(({ lineNo, netMinor, storeCode }) => ({
      lineNo,
      netMinor,
      storeId: storeCode === null ? null : partnerIdOf(storeCode),
      shares:
        storeCode === null
          ? []
          : [
              {
                role: 'store',
                partnerId: partnerIdOf(storeCode),
                baseMinor: netMinor,
                ratePpm: 50_000,
                amountMinor: netMinor / 20,
              },
            ],
    })),
  };
}

export function matured(of: OrderPaid, store: string, amountMinor: number): DataOf<typeof commissionMatured> {
  const { orderId: _, ...rest } = origin(of);
  return { ...rest, partnerId: partnerIdOf(store), role: 'store', amountMinor, lines: 1 };
}

export function reversed(of: OrderPaid, by: OrderRefunded, wasMatured: boolean): DataOf<typeof commissionReversed> {
  return {
    ...origin(of),
    refundId: by.refundId,
    lines: by.lines.map(({ lineNo, amountMinor }) => {
      const storeId = partnerIdOf(of.lines[lineNo - 1]?.storeCode ?? '');
      return {
        lineNo,
        storeId,
        commissionableMinor: amountMinor,
        shares: [{ role: 'store', partnerId: storeId, amountMinor: amountMinor / 20, matured: wasMatured }],
      };
    }),
  };
}
