import type {
  BatchResult,
  DistributionSettings,
  OrderInput,
  PartnerInput,
  PlanInput,
  ProductInput,
  RefundInput,
  statementDecisionResult,
  statementRow,
} from '@concentric/contracts';
import { openBrand, waitUntilQuiet } from '@concentric/replay';
import type { Crew } from './crew';
import type { Installation } from './installation';
import { shuffled } from './shuffle';

/** What a schema of the contracts describes. */
export type Of<Schema extends { parse(value: unknown): unknown }> = ReturnType<Schema['parse']>;
export type StatementRow = Of<typeof statementRow>;
export type Decision = Of<typeof statementDecisionResult>;

/** What is sent in one stretch between two seals. */
export interface Intake {
  readonly partners?: readonly PartnerInput[];
  readonly products?: readonly ProductInput[];
  readonly orders?: readonly OrderInput[];
  readonly refunds?: readonly RefundInput[];
}

type Kind = keyof Intake;

export const channels = ['till', 'mini', 'tmall', 'jd', 'group'] as const;
export const lineServices = ['commerce', 'membership', 'distribution', 'indicators'] as const;
const DAY = 86_400_000;

export const plan: PlanInput = {
  code: 'standard',
  name: 'Standard',
  validFrom: '2025-01-01T00:00:00.000Z',
  budgetPpm: 300_000,
  rules: [
    { role: 'store', recipient: { from: 'store' }, ratePpm: 50_000 },
    { role: 'distributor', recipient: { from: 'store', climbTo: 'distributor' }, ratePpm: 20_000 },
    { role: 'guide', recipient: { from: 'guide' }, ratePpm: 10_000 },
    { role: 'leader', recipient: { from: 'leader' }, channels: ['group'], ratePpm: 40_000 },
    { role: 'bound', recipient: { from: 'bound' }, ratePpm: 30_000 },
  ],
};

const since = '2025-01-01T00:00:00.000Z';
/** Two distributors: north with stores S1 (and guide G1) and S2, south with store S3; a group leader under north. */
export const network: PartnerInput[] = [
  { code: 'NORTH', type: 'distributor', name: 'North', validFrom: since },
  { code: 'SOUTH', type: 'distributor', name: 'South', validFrom: since },
  { code: 'S1', type: 'store', name: 'Store 1', parentCode: 'NORTH', validFrom: since },
  { code: 'S2', type: 'store', name: 'Store 2', parentCode: 'NORTH', validFrom: since },
  { code: 'S3', type: 'store', name: 'Store 3', parentCode: 'SOUTH', validFrom: since },
  { code: 'G1', type: 'guide', name: 'Guide 1', parentCode: 'S1', validFrom: since },
  { code: 'L1', type: 'group_leader', name: 'Leader 1', parentCode: 'NORTH', validFrom: since },
];

export interface BrandOptions {
  /** When given, everything is sent twice and in another order, refunds before their orders; the money must be the same. */
  readonly shuffle?: number;
  readonly settings?: Partial<DistributionSettings>;
  readonly plans?: readonly PlanInput[];
  readonly network?: readonly PartnerInput[];
}

/** A brand on which one flow plays, and everything it was sent. Months close when all their days have been sealed. */
export class FlowBrand {
  readonly sent: Intake[] = [];
  private sealedUntil: number | undefined;

  private constructor(
    readonly world: { readonly installation: Installation; readonly crew: Crew },
    readonly brandId: string,
    readonly code: string,
    private readonly shuffle: number | undefined,
  ) {}

  static async open(world: FlowBrand['world'], code: string, options: BrandOptions = {}): Promise<FlowBrand> {
    const { admin, author, approver, operations } = world.crew;
    const brandId = await openBrand(
      { setup: admin, author, approver },
      {
        brand: {
          code,
          name: code,
          zone: 'Asia/Shanghai',
          currency: 'CNY',
          channels: channels.map((channel) => ({ code: channel, domain: 'private', name: channel })),
        },
        plans: options.plans ?? [plan],
        settings: {
          bindingMode: 'first',
          bindTo: ['store'],
          holdingDays: 0,
          autoClose: true,
          bindingDelaySeconds: null,
          ...options.settings,
        },
        registerOnPurchase: true,
      },
    );
    const brand = new FlowBrand(world, brandId, code, options.shuffle);
    await operations.post('distribution', `/brands/${brandId}/partners/batch`, { items: options.network ?? network });
    return brand;
  }

  /** Sends what happened and waits until it is through the line. */
  async take(intake: Intake): Promise<void> {
    this.sent.push(intake);
    if (this.shuffle === undefined)
      for (const kind of ['partners', 'products', 'orders', 'refunds'] as const) await this.send(kind, intake[kind] ?? []);
    else await this.sendShuffled(intake, this.shuffle + this.sent.length);
    await this.quiet();
  }

  /** Sends everything once more, the newest first. @returns how many records were taken for new: none should be */
  async takeAgain(): Promise<number> {
    let accepted = 0;
    for (const [index, intake] of this.sent.map((each, place) => [place, each] as const).reverse())
      accepted += await this.sendShuffled(intake, index);
    await this.quiet();
    return accepted;
  }

  /** Declares every channel's every day complete, from the first order's month up to and including a date. */
  async sealThrough(date: string): Promise<void> {
    const first = this.sent
      .flatMap(({ orders }) => orders ?? [])
      .map(({ placedAt }) => placedAt.slice(0, 7))
      .sort()[0];
    let day = this.sealedUntil ?? Date.parse(`${first ?? date.slice(0, 7)}-01`);
    const items: { channel: string; businessDate: string }[] = [];
    for (; day <= Date.parse(date); day += DAY)
      for (const channel of channels) items.push({ channel, businessDate: new Date(day).toISOString().slice(0, 10) });
    this.sealedUntil = day;
    for (let start = 0; start < items.length; start += 1000) {
      await this.world.crew.operations.post('commerce', `/brands/${this.brandId}/seals`, {
        items: items.slice(start, start + 1000),
      });
    }
    await this.quiet();
  }

  /** Seals everything from the beginning: for what may have been cut off half way. */
  sealAgainThrough(date: string): Promise<void> {
    this.sealedUntil = undefined;
    return this.sealThrough(date);
  }

  quiet(): Promise<void> {
    return waitUntilQuiet(this.world.crew.operations, lineServices, 60_000);
  }

  get<T>(service: 'commerce' | 'membership' | 'distribution' | 'indicators', path: string, by: keyof Crew = 'auditor'): Promise<T> {
    return this.world.crew[by].get<T>(service, `/brands/${this.brandId}${path}`);
  }

  post<T>(by: keyof Crew, path: string, body: unknown): Promise<T> {
    return this.world.crew[by].post<T>('distribution', `/brands/${this.brandId}${path}`, body);
  }

  /** Statements by period and partner. */
  async statements(): Promise<StatementRow[]> {
    const rows: StatementRow[] = [];
    for await (const row of this.world.crew.auditor.rows<StatementRow>('distribution', `/brands/${this.brandId}/statements.ndjson`))
      rows.push(row);
    return rows.sort((a, b) => (a.period + a.partnerCode < b.period + b.partnerCode ? -1 : 1));
  }

  /** Amount earned less what was taken back, per role and partner: `{ 'store/S1': 5000 }`. */
  async earnings(): Promise<Record<string, number>> {
    const sums: Record<string, number> = {};
    type Row = { role: string; partner: string; earnedMinor: number; reversedMinor: number };
    for await (const row of this.world.crew.auditor.rows<Row>('distribution', `/brands/${this.brandId}/commission-by-partner-month`)) {
      const key = `${row.role}/${row.partner}`;
      sums[key] = (sums[key] ?? 0) + row.earnedMinor - row.reversedMinor;
    }
    return sums;
  }

  private async sendShuffled(intake: Intake, seed: number): Promise<number> {
    let accepted = 0;
    for (const kind of ['partners', 'products', 'refunds', 'orders', 'refunds'] as const) {
      const items: readonly unknown[] = intake[kind] ?? [];
      accepted += await this.send(kind, shuffled([...items, ...items], seed));
    }
    return accepted;
  }

  private async send(kind: Kind, items: readonly unknown[]): Promise<number> {
    if (items.length === 0) return 0;
    const service = kind === 'partners' ? 'distribution' : 'commerce';
    let accepted = 0;
    for (let start = 0; start < items.length; start += 500) {
      const result = await this.world.crew.operations.post<BatchResult>(service, `/brands/${this.brandId}/${kind}/batch`, {
        items: items.slice(start, start + 500),
      });
      if (result.rejected.length > 0) throw new Error(`${kind} were refused: ${JSON.stringify(result.rejected).slice(0, 1000)}`);
      accepted += result.accepted;
    }
    return accepted;
  }
}

/** An order of one line of one store, by default in the till, paid. */
export function order(
  input: { id: string; at: string; net: number; buyer?: string; store?: string } & Omit<Partial<OrderInput>, 'buyer'>,
): OrderInput {
  const { id, at, net, buyer, store, ...rest } = input;
  return {
    channel: 'till',
    externalId: id,
    status: 'completed',
    placedAt: at,
    buyer: buyer === undefined ? [] : [{ type: 'external', value: buyer }],
    ...(store === undefined ? {} : { storeCode: store }),
    lines: [{ sku: 'tea', netMinor: net }],
    ...rest,
  };
}
