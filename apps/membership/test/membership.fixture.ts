import type { OrderPaid, OrderRefunded, SealedIdentity } from '@concentric/contracts';
import {
  BrandDirectory,
  createService,
  Database,
  idOut,
  namedId,
  PersonalData,
  SimulatedClock,
  type RunningService,
  type Tx,
} from '@concentric/service-kit';
import { freshSchema, TestOperators, type TestDatabase } from '@concentric/testing';
import { definition } from '../src/index';
import { PurchaseService } from '../src/purchase/purchase.service';

export const brandId = namedId('brand/test');
export const day = (n: number): number => Date.UTC(2026, 0, 1, 4) + n * 86_400_000;
const zone = 'Asia/Shanghai';

/** A membership service on a schema of its own, fed by hand: what the consumers would hand over. */
export async function membership(db: TestDatabase) {
  const schema = await freshSchema(db, 'membership');
  const operators = await TestOperators.create();
  const clock = new SimulatedClock();
  clock.set(day(0));
  const service: RunningService = await createService(definition, {
    config: { ...schema.config, keySetUrl: operators.keySetUrl },
    clock,
    idle: true,
  });
  const get = <T>(type: abstract new (...args: never[]) => T): T => service.app.get(type, { strict: false });
  const database = get(Database);
  await database.transaction((tx) =>
    get(BrandDirectory).save(tx, {
      brandId,
      code: 'test',
      name: 'Test',
      zone,
      currency: 'CNY',
      channels: [{ code: 'till', domain: 'offline', name: 'Till' }],
    }),
  );
  const purchases = get(PurchaseService);
  return {
    service,
    clock,
    operators,
    database,
    get,
    buy: (...orders: OrderPaid[]) => database.transaction((tx) => purchases.takeOrders(tx, orders)),
    refund: (...refunds: OrderRefunded[]) => database.transaction((tx) => purchases.takeRefunds(tx, refunds)),
    within: <T>(work: (tx: Tx) => Promise<T>) => database.transaction(work),
    identity: (value: string, type: SealedIdentity['type'] = 'phone') => get(PersonalData).seal(type, value, brandId),
    rows: <T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T[]> => database.read((tx) => tx.query(sql, params)),
    /** Data of everything published of one type, in order. */
    async published<T = Record<string, unknown>>(type: string): Promise<T[]> {
      const rows: { body: string }[] = await database.read((tx) =>
        tx.query('SELECT body FROM outbox WHERE type = ? ORDER BY position', [`membership.${type}.v1`]),
      );
      return rows.flatMap(({ body }) => (JSON.parse(body) as { data: T }[]).map(({ data }) => data));
    },
    async close() {
      await service.close();
      await schema.drop();
    },
  };
}
export type Membership = Awaited<ReturnType<typeof membership>>;

/** One order of one line. Ids follow from the number, so the same number is the same order. */
export function order(externalId: string, at: number, yuan: number, buyer: SealedIdentity[], channel = 'till'): OrderPaid {
  const occurredAt = new Date(at).toISOString();
  const businessDate = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  const line = {
    lineNo: 1,
    sku: 'sku',
    category: null,
    quantity: 1,
    netMinor: yuan * 100,
    costMinor: null,
    storeCode: null,
    guideCode: null,
    leaderCode: null,
  };
  return {
    brandId,
    orderId: namedId(`order/${externalId}`),
    externalId,
    channel,
    channelDomain: 'offline',
    occurredAt,
    paidAt: occurredAt,
    businessDate,
    period: businessDate.slice(0, 7),
    currency: 'CNY',
    touchpoint: null,
    lines: [line],
    buyer,
  };
}

export function refund(externalId: string, of: OrderPaid, at: number, yuan: number): OrderRefunded {
  const { occurredAt, businessDate, period } = order(externalId, at, 0, []);
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
    lines: [{ lineNo: 1, amountMinor: yuan * 100 }],
  };
}

/** Everything that is stored about persons, without the ids that differ from run to run. */
export async function state(service: Membership) {
  const short = new Map<string, string>();
  const name = (id: unknown): unknown => {
    if (!(id instanceof Uint8Array)) return id;
    const text = idOut(id);
    return short.get(text) ?? text;
  };
  // Persons are named by their first identity, which does not change between runs.
  const identities = await service.rows<{ customer_id: Uint8Array; blind_index: Uint8Array }>(
    'SELECT customer_id, blind_index FROM identity ORDER BY blind_index',
  );
  for (const { customer_id, blind_index } of identities)
    if (!short.has(idOut(customer_id))) short.set(idOut(customer_id), Buffer.from(blind_index).toString('hex').slice(0, 8));
  const tables = {
    persons: 'SELECT customer_id, known_from, member_since, tier, tier_seq, tier_since, review_on FROM customer WHERE merged_into IS NULL',
    tiers: 'SELECT customer_id, seq, tier, valid_from, valid_to, reason, growth_value FROM tier_history',
    purchases: 'SELECT order_id, customer_id, net_minor, refunded_minor, member, tier FROM purchase',
    counts: 'SELECT channel, business_date, orders, refunds, paid_minor, refunded_minor FROM intake_count',
  };
  const result: Record<string, string[]> = {};
  for (const [table, sql] of Object.entries(tables)) {
    const rows = await service.rows(sql);
    result[table] = rows.map((row) => JSON.stringify(Object.values(row).map((value) => String(name(value))))).sort();
  }
  return result;
}
