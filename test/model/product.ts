import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { distributionSettings, partnerName, type OrderRefunded, type PurchaseAttributed } from '@concentric/contracts';
import {
  AdvanceBrandsJob,
  ArrivalSignal,
  BookRecalculationJob,
  ComputeRecalculationJob,
  definition,
  NoteSealWhenIntakeSealed,
  QueuePurchaseWhenPurchaseAttributed,
  QueueRefundWhenOrderRefunded,
} from '@concentric/distribution';
import {
  BrandDirectory,
  createService,
  Database,
  idIn,
  insertRows,
  MessageFlow,
  namedId,
  newId,
  SimulatedClock,
  type RunningService,
} from '@concentric/service-kit';
import { eventually, freshSchema, TestOperators, type TestDatabase, type TestSchema } from '@concentric/testing';
import type { Order, Refund, Settings } from './engine/brand';
import type { Plan } from './engine/plan';

export const CHANNELS = ['till', 'web'] as const;
const PERMISSIONS = [
  'partner.write',
  'partner.block',
  'line.hold',
  'held.write',
  'held.propose',
  'held.approve',
  'plan.write',
  'plan.activate',
  'settings.write',
  'ledger.read',
  'period.start',
  'period.close',
  'finding.read',
  'finding.accept',
  'statement.read',
  'statement.submit',
  'statement.approve',
  'statement.confirm',
  'statement.dispute',
  'statement.void',
  'dispute.propose',
  'dispute.approve',
  'adjustment.propose',
  'adjustment.approve',
  'withholding.propose',
  'withholding.approve',
  'payee.propose',
  'payee.approve',
  'recalculation.read',
  'recalculation.propose',
  'recalculation.approve',
  'payout.read',
  'payout.prepare',
  'payout.approve',
  'payout.release',
  'bank.read',
  'bank.import',
  'bank.confirm',
];

type Row = Record<string, unknown>;
interface Answer {
  status: number;
  body: { code?: string; errors?: unknown } & Row;
}

/** The real service on a real database, told about the world by its consumers and its API. */
export class Product {
  private constructor(
    private readonly schema: TestSchema,
    private readonly operators: TestOperators,
    private readonly clock: SimulatedClock,
    private readonly replicas: readonly { service: RunningService; origin: string }[],
    private readonly tokens = new Map<string, Promise<string>>(),
  ) {}

  /** @param now epoch ms at which its clock starts; it is only ever moved on. @param replicas services that share the database */
  static async start(db: TestDatabase, now: number, replicas = 1): Promise<Product> {
    const schema = await freshSchema(db, 'distribution');
    const operators = await TestOperators.create();
    const clock = new SimulatedClock();
    clock.set(now);
    const running: { service: RunningService; origin: string }[] = [];
    while (running.length < replicas) {
      const service = await createService(definition, { config: { ...schema.config, keySetUrl: operators.keySetUrl }, clock, idle: true });
      const server = (await service.app.listen(0, '127.0.0.1')) as Server;
      running.push({ service, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    }
    return new Product(schema, operators, clock, running);
  }

  async stop(): Promise<void> {
    for (const { service } of this.replicas) await service.close();
    await this.schema.drop();
  }

  get now(): number {
    return this.clock.now();
  }

  passTo(now: number): void {
    if (now > this.clock.now()) this.clock.set(now);
  }

  /** @param replica which of them is asked, counted round */
  get<T>(type: abstract new (...args: never[]) => T, replica = 0): T {
    return this.replicas[replica % this.replicas.length]!.service.app.get(type, { strict: false });
  }

  rows<T = Row>(sql: string, ...params: unknown[]): Promise<T[]> {
    return this.get(Database).read((tx) => tx.query(sql, params));
  }

  /** Hands events to a consumer, in one transaction as the bus would. */
  async deliver<T>(
    consumer: abstract new (...args: never[]) => { handle(events: never[], tx: never): Promise<void> },
    data: readonly T[],
    replica = 0,
  ): Promise<void> {
    const events = data.map((one) => ({
      specversion: '1.0',
      id: newId(this.clock),
      source: '/model',
      type: 'model',
      time: this.clock.iso(),
      datacontenttype: 'application/json',
      data: one,
    }));
    await this.get(Database, replica).transaction((tx) => this.get(consumer, replica).handle(events as never[], tx as never));
  }

  /** Nothing goes on in the background from here on: brands are settled when asked to, and only they. */
  async standStill(): Promise<void> {
    for (const { service } of this.replicas) await service.app.get(AdvanceBrandsJob, { strict: false }).onApplicationShutdown();
  }

  /** By the loop in the background. */
  settled(): Promise<unknown> {
    // Polling would find the work as well, a quarter of a second later.
    this.get(ArrivalSignal).ring();
    return eventually(
      'everything is decided and settled',
      async () => (await this.get(MessageFlow).snapshot()).pendingWork['decisions'] === 0,
      60_000,
    );
  }

  /** @param who a person of the brand, or a partner by its id. @param body a text is sent as CSV */
  async call(method: string, path: string, who: string | { partnerId: string }, body?: unknown, replica = 0): Promise<Response> {
    const token = await this.token(who);
    const text =
      typeof body === 'string' ? body : JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    return fetch(`${this.replicas[replica % this.replicas.length]!.origin}/api/distribution${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': typeof body === 'string' ? 'text/csv' : 'application/json',
        'idempotency-key': newId(this.clock),
      },
      ...(body === undefined ? {} : { body: text }),
    });
  }

  private token(who: string | { partnerId: string }): Promise<string> {
    const key = typeof who === 'string' ? who : who.partnerId;
    const known = this.tokens.get(key);
    if (known) return known;
    const permissions = PERMISSIONS.map((name) => `distribution.${name}`);
    const person = { sub: namedId(`operator/${key}`), name: key, permissions };
    const token = this.operators.token(typeof who === 'string' ? person : { ...person, scope: { kind: 'partner', ...who } });
    this.tokens.set(key, token);
    return token;
  }
}

/** One brand of the product, as commands act on it. */
export class ProductBrand {
  private readonly seals = new Map<string, number>();

  private constructor(
    readonly product: Product,
    readonly brandId: string,
    private readonly settings: Settings,
  ) {}

  static async found(product: Product, name: string, settings: Settings): Promise<ProductBrand> {
    const brandId = namedId(`brand/${name}`);
    const channels = CHANNELS.map((code) => ({ code, domain: 'offline' as const, name: code }));
    await product
      .get(Database)
      .transaction((tx) =>
        product.get(BrandDirectory).save(tx, { brandId, code: name, name, zone: settings.zone, currency: 'CNY', channels }),
      );
    const brand = new ProductBrand(product, brandId, settings);
    const { mode, minimum, secondApprovalAbove, secondPayoutAbove, delaySeconds, zone: _, ...same } = settings;
    await brand.expect('PUT', '/settings', 'author', {
      ...distributionSettings.parse({
        bindingDelaySeconds: delaySeconds,
        payoutDebtor: { name: 'House', account: '6222020200119999999', bankId: '102100099996' },
      }),
      ...same,
      bindingMode: mode,
      minimumPayoutMinor: minimum,
      secondApprovalAboveMinor: secondApprovalAbove,
      secondPayoutApprovalAboveMinor: secondPayoutAbove,
    });
    return brand;
  }

  /** Everything that is due is decided and settled, of this brand. */
  async settled(): Promise<void> {
    const job = this.product.get(AdvanceBrandsJob);
    const brand = await this.product.get(BrandDirectory).get(null, this.brandId);
    while (await job.advance(brand));
  }

  /** Nothing may be left that says it waits, but for a delay to pass. */
  async expectRest(): Promise<void> {
    const brand = await this.product.get(BrandDirectory).get(null, this.brandId);
    if (!this.settings.delaySeconds && (await this.product.get(AdvanceBrandsJob).pendingOf(brand)) > 0)
      throw new Error('the brand has work left that it does not do');
  }

  async call(method: string, path: string, who: string | { partnerId: string }, body?: unknown, replica = 0): Promise<Answer> {
    const response = await this.product.call(method, `/brands/${this.brandId}${path}`, who, body, replica);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  }

  async text(path: string): Promise<string> {
    return (await this.product.call('GET', `/brands/${this.brandId}${path}`, 'auditor')).text();
  }

  /** As `call`, for what must not be refused. */
  async expect(method: string, path: string, who: string | { partnerId: string }, body?: unknown): Promise<Row> {
    const answer = await this.call(method, path, who, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async place(...partners: { code: string; type: string; parent: string | null; from: number | null }[]): Promise<void> {
    const items = partners.map(({ code, type, parent, from }) => ({
      code,
      type,
      name: code,
      ...(parent === null ? {} : { parentCode: parent }),
      ...(from === null ? {} : { validFrom: new Date(from).toISOString() }),
    }));
    const answer = await this.expect('POST', '/partners/batch', 'author', { items });
    if ((answer['rejected'] as unknown[]).length > 0) throw new Error(`partners were rejected: ${JSON.stringify(answer['rejected'])}`);
    // What the kit's consumer would keep, had the events gone over a bus: partners may see what is their own.
    const paths = partners.map(({ code }) => [idIn(this.brandId), idIn(this.partnerId(code)), idIn(this.partnerId(code)), 0, 0, null, 1]);
    await this.product
      .get(Database)
      .transaction((tx) =>
        insertRows(
          tx,
          'network_path',
          ['brand_id', 'partner_id', 'ancestor_id', 'depth', 'valid_from', 'valid_to', 'revision'],
          paths,
          'ignore',
        ),
      );
  }

  /** The code of the refusal, or null once the plan is in force. */
  async activate(code: string, plan: Plan): Promise<string | null> {
    const answer = await this.call('POST', `/plans/${await this.draft(code, plan)}/activate`, 'approver');
    return answer.status < 300 ? null : answer.body.code!;
  }

  /** @returns the id of the plan's version */
  async draft(code: string, { validFrom, budgetPpm, rules }: Plan): Promise<string> {
    const { planVersionId } = await this.expect('POST', '/plans', 'author', {
      code,
      name: code,
      validFrom: new Date(validFrom).toISOString(),
      budgetPpm,
      rules: rules.map(({ from, climbTo, fixed, cap, ...rule }) => ({
        ...rule,
        recipient: { from, climbTo },
        fixedMinor: fixed,
        capMinor: cap,
      })),
    });
    return planVersionId as string;
  }

  /** Runs a job of a recalculation to its end, as the worker would. */
  async recalculate(job: typeof ComputeRecalculationJob | typeof BookRecalculationJob, recalculationId: string): Promise<void> {
    const run = { id: recalculationId, key: recalculationId, attempt: 1, heartbeat: async () => {}, progress: async () => {} };
    await this.product.get<ComputeRecalculationJob | BookRecalculationJob>(job).run({ brandId: this.brandId, recalculationId }, run);
  }

  async arrive(orders: readonly Order[], refunds: readonly Refund[], dateOf: (at: number) => string, replica = 0): Promise<void> {
    if (orders.length > 0)
      await this.product.deliver(
        QueuePurchaseWhenPurchaseAttributed,
        orders.map((order) => this.purchase(order, dateOf)),
        replica,
      );
    if (refunds.length > 0)
      await this.product.deliver(
        QueueRefundWhenOrderRefunded,
        refunds.map((refund) => this.refund(refund, dateOf)),
        replica,
      );
  }

  /** Tells, per channel, that nothing more is to come of these dates. */
  async seal(dates: readonly string[], counts: (date: string, channel: string) => { orders: number; refunds: number }): Promise<void> {
    const seals = dates.flatMap((businessDate) =>
      CHANNELS.map((channel) => {
        const revision = (this.seals.get(`${businessDate}/${channel}`) ?? 0) + 1;
        this.seals.set(`${businessDate}/${channel}`, revision);
        return { brandId: this.brandId, channel, businessDate, revision, ...counts(businessDate, channel), paidMinor: 0, refundedMinor: 0 };
      }),
    );
    await this.product.deliver(NoteSealWhenIntakeSealed, seals);
  }

  partnerId(code: string): string {
    return namedId(partnerName(this.brandId, code));
  }

  /** Ids and fingerprints of statements, by period and partner code. */
  async statementRefs(): Promise<Map<string, { statementId: string; fingerprint: string }>> {
    const rows = await this.rows<{ id: Buffer; fingerprint: string; period_id: string; code: string }>(
      `SELECT s.statement_id AS id, s.fingerprint, s.period_id, p.code FROM statement s JOIN partner p ON p.partner_id = s.partner_id WHERE s.brand_id = ? AND s.state <> 'VOID'`,
    );
    return new Map(
      rows.map((row) => [`${row.period_id} ${row.code}`, { statementId: dashed(row.id.toString('hex')), fingerprint: row.fingerprint }]),
    );
  }

  /** @param sql takes the brand's id as its one parameter */
  rows<T = Row>(sql: string): Promise<T[]> {
    return this.product.rows<T>(sql, idIn(this.brandId));
  }

  private purchase(
    { externalId, channel, customer, merged, at, paidAt, lines }: Order,
    dateOf: (at: number) => string,
  ): PurchaseAttributed {
    const businessDate = dateOf(at);
    return {
      brandId: this.brandId,
      orderId: this.orderId(externalId),
      externalId,
      channel,
      channelDomain: 'offline',
      occurredAt: new Date(at).toISOString(),
      paidAt: new Date(paidAt).toISOString(),
      businessDate,
      period: businessDate.slice(0, 7),
      currency: 'CNY',
      touchpoint: null,
      lines: lines.map(({ lineNo, net, cost, quantity, category, store, guide, leader }) => ({
        lineNo,
        sku: 'sku',
        category,
        quantity: Number(quantity),
        netMinor: Number(net),
        costMinor: cost === null ? null : Number(cost),
        storeCode: store,
        guideCode: guide,
        leaderCode: leader,
      })),
      customerId: customer === null ? null : this.customerId(customer),
      member: customer !== null,
      tier: customer === null ? null : 'T0',
      merged: merged.map((one) => this.customerId(one)),
    };
  }

  private refund({ refundId, order, at, amounts }: Refund, dateOf: (at: number) => string): OrderRefunded {
    const businessDate = dateOf(at);
    return {
      brandId: this.brandId,
      refundId,
      orderId: this.orderId(order.externalId),
      channel: order.channel,
      occurredAt: new Date(at).toISOString(),
      businessDate,
      period: businessDate.slice(0, 7),
      currency: 'CNY',
      reason: null,
      lines: amounts.map(({ lineNo, amount }) => ({ lineNo, amountMinor: Number(amount) })),
    };
  }

  customerId(customer: string): string {
    return namedId(`customer/${this.brandId}/${customer}`);
  }

  orderId(externalId: string): string {
    return namedId(`order/${this.brandId}/${externalId}`);
  }
}

export function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
