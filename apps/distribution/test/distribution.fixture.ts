import {
  savedSettings,
  type DistributionSettings,
  type NetworkChanged,
  type OrderRefunded,
  type PartnerInput,
  type PlanInput,
  type PurchaseAttributed,
} from '@concentric/contracts';
import {
  BrandDirectory,
  createService,
  Database,
  idIn,
  idOut,
  insertRows,
  int,
  MessageFlow,
  namedId,
  newId,
  readConstraints,
  SimulatedClock,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { asOwner, enforcedIn, eventually, freshSchema, TestOperators, type TestDatabase } from '@concentric/testing';
import { definition } from '../src/index';
import { PartnerOwnerService } from '../src/partner/partner-owner.service';
import { PartnerService } from '../src/partner/partner.service';
import { PlanService } from '../src/plan/plan.service';
import { KeepCostWhenProductCosted } from '../src/purchase/keep-cost-when-product-costed.consumer';
import { NoteSealWhenIntakeSealed } from '../src/purchase/note-seal-when-intake-sealed.consumer';
import { QueuePurchaseWhenPurchaseAttributed } from '../src/purchase/queue-purchase-when-purchase-attributed.consumer';
import { QueueRefundWhenOrderRefunded } from '../src/purchase/queue-refund-when-order-refunded.consumer';
import { SettingService } from '../src/setting/setting.service';

export const brandId = namedId('brand/test');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Noon in Shanghai, `n` days after the first of January 2026. */
export const day = (n: number): number => Date.UTC(2026, 0, 1, 4) + n * DAY;
const SHANGHAI = 8 * HOUR;
const dateOf = (at: number) => new Date(at + SHANGHAI).toISOString().slice(0, 10);

export const person = (id: string, permissions: string[] = []): Operator => ({
  id: namedId(`operator/${id}`),
  name: id,
  brandIds: 'all',
  permissions,
  scope: { kind: 'all' },
});
/** Somebody who works for a partner: sees what is its own and what stands below it. */
export const personOf = (code: string): Operator => ({
  ...person(`person of ${code}`),
  scope: { kind: 'partner', partnerId: namedId(`partner/${brandId}/${code}`) },
});
export const author = person('author');
export const approver = person('approver');

/** Distribution on a schema of its own, fed by hand with what its consumers would be handed. */
export async function distribution(db: TestDatabase, settings: Partial<DistributionSettings> = {}) {
  const schema = await freshSchema(db, 'distribution');
  const operators = await TestOperators.create();
  const clock = new SimulatedClock();
  clock.set(day(0));
  const service = await createService(definition, { config: { ...schema.config, keySetUrl: operators.keySetUrl }, clock, idle: true });
  const get = <T>(type: abstract new (...args: never[]) => T): T => service.app.get(type, { strict: false });
  const database = get(Database);
  const within = <T>(work: (tx: Tx) => Promise<T>) => database.transaction(work);
  await within((tx) =>
    get(BrandDirectory).save(tx, {
      brandId,
      code: 'test',
      name: 'Test',
      zone: 'Asia/Shanghai',
      currency: 'CNY',
      channels: [{ code: 'till', domain: 'offline', name: 'Till' }],
    }),
  );
  await get(SettingService).save(
    brandId,
    savedSettings.parse({ holdingDays: 0, autoClose: true, bindingDelaySeconds: null, ...settings, revision: 0 }),
    author,
  );
  const envelope = <T>(data: readonly T[]) =>
    data.map((one) => ({
      specversion: '1.0' as const,
      id: newId(clock),
      source: '/test',
      type: 'test',
      time: clock.iso(),
      datacontenttype: 'application/json' as const,
      data: one,
    }));
  const sealed = new Map<string, { orders: number; refunds: number; revision: number }>();
  const count = (date: string, kind: 'orders' | 'refunds', n: number) => {
    const held = sealed.get(date) ?? { orders: 0, refunds: 0, revision: 0 };
    held[kind] += n;
    sealed.set(date, held);
  };
  return {
    service,
    clock,
    database,
    operators,
    get,
    within,
    rows: <T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T[]> => database.read((tx) => tx.query(sql, params)),
    /** What was recorded of a document, in order: `<action> <actor>: <reason>`. */
    async audited(entityType: string, entityId: string): Promise<string[]> {
      const rows: Record<string, unknown>[] = await database.read((tx) =>
        tx.query('SELECT action, actor_id, reason FROM audit_log WHERE entity_type = ? AND entity_id = ? ORDER BY at, id', [
          entityType,
          entityId,
        ]),
      );
      return rows.map((row) => `${String(row.action)} ${String(row.actor_id)}: ${String(row.reason)}`);
    },
    enforced: () => enforcedIn('distribution', schema.config),
    /** Expects a statement, or a piece of work, to be refused by this constraint or trigger and no other. */
    async refused(constraint: string, work: string | (() => Promise<unknown>), params: unknown[] = []): Promise<void> {
      // SQLite names a unique key by its columns, and a foreign key not at all.
      const [key] =
        db.dialect === 'sqlite' && constraint.startsWith('uq_')
          ? (await readConstraints(database.source)).filter(({ name }) => name === constraint)
          : [];
      const columns = key?.definition.split(',').map((column) => `${key.table}.${column}`);
      const said =
        db.dialect === 'sqlite' && constraint.startsWith('fk_')
          ? /FOREIGN KEY constraint failed/
          : new RegExp(columns ? `(${constraint}|: ${columns.join(', ')})` : `\\b${constraint}\\b`);
      const error = await (typeof work === 'string' ? within((tx) => tx.query(work, params)) : work()).then(
        () => 'was not refused',
        (reason: Error) => reason.message,
      );
      expect([constraint, error]).toEqual([constraint, expect.stringMatching(said)]);
    },
    /** Works as the owner of the schema with these triggers gone for good and no foreign key looked at, as a fault of the database or a person at it could. */
    unguarded: <T>(triggers: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> =>
      asOwner('distribution', schema.config, async (source) => {
        for (const trigger of triggers) await source.query(`DROP TRIGGER IF EXISTS ${trigger}`);
        if (db.dialect === 'sqlite') await source.query('PRAGMA foreign_keys = OFF');
        return source.transaction(async (tx) => {
          if (db.dialect === 'mysql') await tx.query('SET foreign_key_checks = 0');
          return work(tx);
        });
      }),
    partners: (...rows: PartnerInput[]) => get(PartnerService).apply(brandId, rows, { actor: author, source: 'batch' }),
    /** Registers a partner as somebody's own. */
    async ownedBy(code: string, ...owners: readonly Operator[]) {
      const partnerId = namedId(`partner/${brandId}/${code}`);
      const { operatorIds: seen } = await get(PartnerOwnerService).read(brandId, partnerId);
      const input = { operatorIds: owners.map(({ id }) => id), seen, reason: 'the register of companies' };
      return get(PartnerOwnerService).save(brandId, partnerId, input, author);
    },
    async plan(input: Partial<PlanInput> & Pick<PlanInput, 'rules'>): Promise<string> {
      const plan: PlanInput = { code: 'base', name: 'Base', validFrom: '2025-01-01 00:00:00', budgetPpm: 500_000, ...input };
      const { planVersionId } = await within((tx) => get(PlanService).draft(tx, brandId, plan, author));
      await get(PlanService).activate(brandId, planVersionId, approver);
      return planVersionId;
    },
    /** Hands over orders as the bus would; repeated ids are repetitions. */
    async buy(...orders: PurchaseAttributed[]): Promise<void> {
      await within((tx) => get(QueuePurchaseWhenPurchaseAttributed).handle(envelope(orders), tx));
      const rows: { business_date: string; n: number }[] = await database.read((tx) =>
        tx.query('SELECT business_date, COUNT(*) AS n FROM purchase GROUP BY business_date'),
      );
      for (const row of rows) count(row.business_date, 'orders', Number(row.n) - (sealed.get(row.business_date)?.orders ?? 0));
    },
    async refund(...refunds: OrderRefunded[]): Promise<void> {
      await within((tx) => get(QueueRefundWhenOrderRefunded).handle(envelope(refunds), tx));
      const rows: { business_date: string; n: number }[] = await database.read((tx) =>
        tx.query('SELECT business_date, COUNT(*) AS n FROM refund GROUP BY business_date'),
      );
      for (const row of rows) count(row.business_date, 'refunds', Number(row.n) - (sealed.get(row.business_date)?.refunds ?? 0));
    },
    /** Hands over what one piece of a product costs from a date on. */
    cost: (sku: string, unitCostMinor: number, costFrom = '0001-01-01'): Promise<void> =>
      within((tx) => get(KeepCostWhenProductCosted).handle(envelope([{ brandId, sku, costFrom, unitCostMinor }]), tx)),
    /** Lets every date up to `n` days after the start end, seals it, and waits until all is decided and settled. */
    async through(n: number): Promise<void> {
      clock.set(Math.max(clock.now(), day(n) + 12 * HOUR));
      const seals = Array.from({ length: n + 1 }, (_, index) => dateOf(day(index))).map((businessDate) => {
        const { orders = 0, refunds = 0, revision = 0 } = sealed.get(businessDate) ?? {};
        sealed.set(businessDate, { orders, refunds, revision: revision + 1 });
        return { brandId, channel: 'till', businessDate, revision: revision + 1, orders, refunds, paidMinor: 0, refundedMinor: 0 };
      });
      await within((tx) => get(NoteSealWhenIntakeSealed).handle(envelope(seals), tx));
      await this.settled();
    },
    settled: () =>
      eventually('everything is decided and settled', async () => (await get(MessageFlow).snapshot()).pendingWork.decisions === 0, 50_000),
    async statements(): Promise<
      {
        statementId: string;
        fingerprint: string;
        state: string;
        code: string;
        period: string;
        outcome: string;
        net: number;
        carriedIn: number;
      }[]
    > {
      const rows: Record<string, unknown>[] = await database.read((tx) =>
        tx.query(
          'SELECT s.statement_id, s.fingerprint, s.state, p.code, s.period_id, s.outcome, s.net_minor, s.carried_in_minor FROM statement s JOIN partner p ON p.partner_id = s.partner_id ORDER BY s.period_id, p.code',
        ),
      );
      return rows.map((row) => ({
        statementId: idOut(row.statement_id as Buffer),
        fingerprint: row.fingerprint as string,
        state: row.state as string,
        code: row.code as string,
        period: row.period_id as string,
        outcome: row.outcome as string,
        net: int(row.net_minor),
        carriedIn: int(row.carried_in_minor),
      }));
    },
    async published<T = Record<string, unknown>>(type: string): Promise<T[]> {
      const rows: { body: string }[] = await database.read((tx) =>
        tx.query('SELECT body FROM outbox WHERE type = ? ORDER BY position', [`distribution.${type}.v1`]),
      );
      return rows.flatMap(({ body }) => (JSON.parse(body) as { data: T }[]).map(({ data }) => data));
    },
    /** Keeps the network as the kit's consumer would, had the events gone over a bus: what a partner may see is read from it. */
    async knowNetwork(): Promise<void> {
      const paths = (await this.published<NetworkChanged>('network-changed')).flatMap(({ partnerId, path }) =>
        path.map(({ ancestorId, depth }) => [idIn(brandId), idIn(partnerId), idIn(ancestorId), depth, 0, null, 1]),
      );
      await within((tx) =>
        insertRows(tx, 'network_path', ['brand_id', 'partner_id', 'ancestor_id', 'depth', 'valid_from', 'valid_to', 'revision'], paths),
      );
    },
    async close() {
      await service.close();
      await schema.drop();
    },
  };
}
export type Distribution = Awaited<ReturnType<typeof distribution>>;

type Line = Partial<PurchaseAttributed['lines'][number]> & { netMinor: number };

/** An order; ids follow from the number, so the same number is the same order. */
export function order(externalId: string, at: number, customer: string | null, ...lines: Line[]): PurchaseAttributed {
  const occurredAt = new Date(at).toISOString();
  const businessDate = dateOf(at);
  return {
    brandId,
    orderId: namedId(`order/${externalId}`),
    externalId,
    channel: 'till',
    channelDomain: 'offline',
    occurredAt,
    paidAt: occurredAt,
    businessDate,
    period: businessDate.slice(0, 7),
    currency: 'CNY',
    touchpoint: null,
    lines: lines.map((line, index) => ({
      lineNo: index + 1,
      sku: 'sku',
      category: null,
      quantity: 1,
      costMinor: null,
      storeCode: null,
      guideCode: null,
      leaderCode: null,
      ...line,
    })),
    customerId: customer === null ? null : namedId(`customer/${customer}`),
    member: customer !== null,
    tier: customer === null ? null : 'T0',
    merged: [],
  };
}

export function refund(externalId: string, of: PurchaseAttributed, at: number, ...amounts: number[]): OrderRefunded {
  const businessDate = dateOf(at);
  return {
    brandId,
    refundId: namedId(`refund/${externalId}`),
    orderId: of.orderId,
    channel: of.channel,
    occurredAt: new Date(at).toISOString(),
    businessDate,
    period: businessDate.slice(0, 7),
    currency: 'CNY',
    reason: null,
    lines: amounts.map((amountMinor, index) => ({ lineNo: index + 1, amountMinor })).filter((line) => line.amountMinor > 0),
  };
}
