import { distributionSettings, partnerName, type OrderRefunded, type PurchaseAttributed } from '@concentric/contracts';
import {
  AdvanceBrandsJob,
  BookRecalculationJob,
  ComputeRecalculationJob,
  KeepCostWhenProductCosted,
  NoteSealWhenIntakeSealed,
  QueuePurchaseWhenPurchaseAttributed,
  QueueRefundWhenOrderRefunded,
} from '@concentric/distribution';
import { BrandDirectory, Database, idIn, insertRows, namedId } from '@concentric/service-kit';
import type { Settings } from './engine/settings';
import type { Order, Refund } from './engine/order';
import type { Plan } from './engine/plan';
import { dashed, type Product } from './product';

export const CHANNELS = ['till', 'web'] as const;

type Row = Record<string, unknown>;
interface Answer {
  status: number;
  body: { code?: string; errors?: unknown } & Row;
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
      revision: 0,
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

  /** Tells what one piece of a product costs from a date on. */
  async cost(sku: string, costFrom: string, each: bigint): Promise<void> {
    await this.product.deliver(KeepCostWhenProductCosted, [{ brandId: this.brandId, sku, costFrom, unitCostMinor: Number(each) }]);
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
      lines: lines.map(({ lineNo, sku, net, cost, quantity, category, store, guide, leader }) => ({
        lineNo,
        sku,
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
