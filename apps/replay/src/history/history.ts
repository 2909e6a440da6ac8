import type { BatchResult, ServiceName } from '@concentric/contracts';
import { dateAfter, Zone } from '../staging/zone.rules';
import type { Session } from '../target/api';
import { allServices, lineServices, waitUntilQuiet, waitUntilThrough } from './barrier';
import { datesOf, piecesOf, stretchesOf } from './calendar.rules';
import type { Day } from './day';

/** Kinds of record in the order in which a day sends them: what orders refer to comes first. */
const KINDS = ['products', 'partners', 'orders', 'refunds', 'expenses'] as const;
export type SentKind = (typeof KINDS)[number];

const ROUTES: Readonly<Record<SentKind, { service: ServiceName; path: string }>> = {
  products: { service: 'commerce', path: '/products/batch' },
  partners: { service: 'distribution', path: '/partners/batch' },
  orders: { service: 'commerce', path: '/orders/batch' },
  refunds: { service: 'commerce', path: '/refunds/batch' },
  expenses: { service: 'commerce', path: '/expenses/batch' },
};

export interface Sent {
  accepted: number;
  unchanged: number;
  rejected: number;
}

/** A record that a service refused. */
export interface SentReject {
  readonly kind: SentKind;
  readonly channel: string;
  readonly externalId: string;
  readonly errors: BatchResult['rejected'][number]['errors'];
}

export interface HistoryProgress {
  readonly businessDate: string;
  readonly sent: Readonly<Record<SentKind, Sent>>;
}

export interface HistoryOptions {
  /** An operator who may take records in, seal them, move clocks and read the flow. */
  readonly session: Session;
  readonly brandId: string;
  /** IANA zone of the brand: days begin and end by it. */
  readonly zone: string;
  readonly channels: readonly string[];
  /** In the order of dates; several pieces of one date follow each other. */
  readonly days: AsyncIterable<Day>;
  /** Date on which the first day would fall if there were no records: where clocks start. */
  readonly firstDate: string;
  /** Last business date of the history; the clock ends at the end of it. */
  readonly asOf: string;
  readonly progress?: (progress: HistoryProgress) => void;
  readonly onReject?: (reject: SentReject) => void;
}

const BATCH = 500;
/** Order lines in one batch: keeps a batch of long orders within what a service reads at once. */
const LINES_PER_BATCH = 5_000;
const SEALS_PER_CALL = 1_000;

/** Services whose time moves with the history. Sign-ins live in real time, so organization's does not. */
const clockServices = allServices.filter((service) => service !== 'organization');

/**
 * Lives through a history day by day: what arrived on a day is sent on that day, each channel's day is sealed, and the
 * next day begins when everything is through the whole line and the day's own work (maturity, tiers, closing) is done.
 * @returns how many records each service took in
 * @throws DeadLetterError, StuckError, ApiError
 */
export async function runHistory(options: HistoryOptions): Promise<Record<SentKind, Sent>> {
  const run = new HistoryRun(options);
  let current: string | undefined;
  for await (const day of options.days) {
    if (day.businessDate !== current) {
      await run.passTo(current, day.businessDate);
      current = day.businessDate;
    }
    await run.send(day);
  }
  await run.passTo(current, dateAfter(options.asOf));
  await setClocks(options.session, new Zone(options.zone).startOf(dateAfter(options.asOf)));
  await waitUntilQuiet(options.session, allServices);
  return run.sent;
}

/** Sets the clock of services, or lets it follow the system again (null). */
export async function setClocks(session: Session, instant: number | null, services: readonly ServiceName[] = clockServices): Promise<void> {
  const now = instant === null ? null : new Date(instant).toISOString();
  await Promise.all(services.map((service) => session.post(service, '/ops/clock', { now })));
}

class HistoryRun {
  readonly sent: Record<SentKind, Sent> = { products: none(), partners: none(), orders: none(), refunds: none(), expenses: none() };
  private readonly zone: Zone;

  constructor(private readonly options: HistoryOptions) {
    this.zone = new Zone(options.zone);
  }

  /**
   * Ends the day that was sent last, passes the dates without records that follow, and stands at the last moment of the next
   * day: nothing of it lies in the future, and its end has not come yet.
   */
  async passTo(current: string | undefined, next: string): Promise<void> {
    if (current !== undefined) await this.seal([current]);
    for (const stretch of stretchesOf(current === undefined ? this.options.firstDate : dateAfter(current), next)) {
      // Their seals travel together, and the clock moves once, to the same effect as day by day.
      await this.moveTo(stretch.last);
      await this.seal(datesOf(stretch));
      this.options.progress?.({ businessDate: stretch.last, sent: this.sent });
    }
    if (next <= this.options.asOf) await this.moveTo(next);
  }

  async send(day: Day): Promise<void> {
    for (const kind of KINDS) {
      const weight = kind === 'orders' ? (item: unknown) => (item as Day['orders'][number]).lines.length : () => 1;
      for (const piece of piecesOf<unknown>(day[kind], BATCH, LINES_PER_BATCH, weight)) await this.sendBatch(kind, piece);
    }
    this.options.progress?.({ businessDate: day.businessDate, sent: this.sent });
  }

  private async seal(dates: readonly string[]): Promise<void> {
    const items = dates.flatMap((businessDate) => this.options.channels.map((channel) => ({ channel, businessDate })));
    for (const piece of piecesOf(items, SEALS_PER_CALL)) {
      await this.options.session.post('commerce', `/brands/${this.options.brandId}/seals`, { items: piece });
    }
    await waitUntilThrough(this.options.session);
  }

  /** Lets every date before this one end: the work that belongs to the end of a day runs, and is waited for. */
  private async moveTo(date: string): Promise<void> {
    await setClocks(this.options.session, this.zone.startOf(dateAfter(date)) - 1, lineServices);
    await waitUntilThrough(this.options.session);
  }

  private async sendBatch(kind: SentKind, items: readonly unknown[]): Promise<void> {
    const { service, path } = ROUTES[kind];
    const result = await this.options.session.post<BatchResult>(service, `/brands/${this.options.brandId}${path}`, { items });
    const sent = this.sent[kind];
    sent.accepted += result.accepted;
    sent.unchanged += result.unchanged;
    sent.rejected += result.rejected.length;
    for (const { index, externalId, errors } of result.rejected) {
      const item = items[index] as { channel?: string } | undefined;
      this.options.onReject?.({ kind, channel: item?.channel ?? '', externalId, errors });
    }
  }
}

function none(): Sent {
  return { accepted: 0, unchanged: 0, rejected: 0 };
}
