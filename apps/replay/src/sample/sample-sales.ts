import type { OrderInput, RefundInput } from '@concentric/contracts';
import { allocate } from '@concentric/money';
import { dateAfter } from '../staging/zone.rules';
import { Random } from './random.rules';
import { SAMPLE_AS_OF, SAMPLE_FIRST_DATE, SAMPLE_YEAR } from './sample-brand';
import { sampleProducts } from './sample-goods';
import { DISTRIBUTORS, guideCode, LEADERS, leaderCode, SampleNetwork, storeCode, STORES } from './sample-network';

export const SAMPLE_ORDERS = 30_000;
export const SAMPLE_MEMBERS = 15_000;
/** Till sales to people who did not say who they are. */
const WALK_INS = 1_800;

const MONTHS = [95, 70, 90, 85, 95, 125, 85, 90, 95, 100, 150, 120];
const WEEKDAYS = [12, 9, 9, 9, 10, 12, 14];
/** Days of the big campaigns, as multiples of a normal one. */
const CAMPAIGNS: Readonly<Record<string, number>> = { '05-20': 2, '06-01': 3, '06-18': 4, '09-09': 2, '11-11': 6, '12-12': 3 };
const HOURS = [1, 0, 0, 0, 0, 0, 1, 3, 6, 9, 12, 11, 9, 9, 10, 11, 11, 10, 11, 13, 15, 14, 9, 4];
const CHANNELS = ['till', 'mini-program', 'tmall', 'douyin', 'group-buy'];
const CHANNEL_WEIGHTS = [36, 26, 14, 10, 14];
const CAMPAIGN_WEIGHTS = [18, 24, 30, 20, 8];
const PRIVATE_TOUCHPOINTS = ['moments', 'one-to-one', 'welfare-group', 'official-account', 'video-account'];

/** Sold by a store that nobody has taken into the network yet: its commission is held until somebody decides. */
export const sampleHeldOrder: OrderInput = {
  channel: 'till',
  externalId: 'TI20260109000001',
  status: 'completed',
  placedAt: '2026-01-09 15:20:00',
  storeCode: storeCode(STORES),
  lines: [{ sku: sampleProducts[0]!.sku, netMinor: 26_800 }],
};

export interface SampleSales {
  readonly orders: readonly OrderInput[];
  readonly refunds: readonly RefundInput[];
}

/** The sales of the sample year, one day after the other: who buys is known from earlier days, so days come in order. */
export class SampleYear {
  private readonly random: Random;
  private readonly perDay: ReadonlyMap<string, number>;
  private readonly refunds = new Map<string, RefundInput[]>();
  /** Channels in which a person has bought before: there they are recognised by the channel's own id. */
  private readonly seenIn: Set<string>[] = [];
  private sold = 0;
  private walkIns = 0;

  constructor(
    seed: number,
    private readonly network: SampleNetwork,
  ) {
    this.random = new Random(seed);
    const dates = Array.from({ length: 365 }, (_, day) => dateAfter(SAMPLE_FIRST_DATE, day));
    const weights = dates.map((date) => MONTHS[Number(date.slice(5, 7)) - 1]! * WEEKDAYS[weekday(date)]! * (CAMPAIGNS[date.slice(5)] ?? 1));
    const counts = allocate(SAMPLE_ORDERS, weights);
    this.perDay = new Map(dates.map((date, index) => [date, counts[index]!]));
  }

  on(date: string): SampleSales {
    const moments = Array.from(
      { length: this.perDay.get(date) ?? 0 },
      () => this.random.weighted(HOURS) * 3_600 + this.random.below(3_600),
    ).sort((a, b) => a - b);
    const orders = moments.map((second) => this.order(date, second));
    const refunds = [...(this.refunds.get(date) ?? [])].sort((a, b) =>
      a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : a.externalId < b.externalId ? -1 : 1,
    );
    return { orders, refunds };
  }

  private order(date: string, second: number): OrderInput {
    const { random } = this;
    this.sold += 1;
    const channel = CHANNELS[random.weighted(CAMPAIGNS[date.slice(5)] ? CAMPAIGN_WEIGHTS : CHANNEL_WEIGHTS)]!;
    const { person, isNew } = this.buyer(channel);
    const lines = this.lines(channel);
    const placedAt = `${date} ${clock(second)}`;
    // A first purchase is never cancelled, so that every person of the sample becomes a member.
    const cancelled = !isNew && random.perMille(18);
    const order: OrderInput = {
      channel,
      externalId: `${channel === 'group-buy' ? 'GB' : channel.slice(0, 2).toUpperCase()}${date.replaceAll('-', '')}${String(this.sold).padStart(6, '0')}`,
      status: cancelled ? 'cancelled' : date < `${SAMPLE_YEAR}-12-20` ? 'completed' : random.pick(['paid', 'shipped', 'completed']),
      placedAt,
      buyer: person === undefined ? [] : this.identities(person, channel, cancelled),
      ...this.partners(channel, person, date),
      ...(channel !== 'till' && random.perMille(350) ? { touchpoint: touchpointOf(channel, random) } : {}),
      ...(channel === 'till' ? {} : { fulfilmentMinor: random.between(480, 1_280) }),
      lines,
    };
    if (!cancelled && random.perMille(41)) this.planRefund(order, date);
    return order;
  }

  /** Exactly so many members and walk-ins in the end, in an order that chance decides. */
  private buyer(channel: string): { person: number | undefined; isNew: boolean } {
    const { random } = this;
    const left = SAMPLE_ORDERS - this.sold + 1;
    const walkInsLeft = WALK_INS - this.walkIns;
    // About every third order is a till sale, so walk-ins are three times as frequent among those.
    if (channel === 'till' && walkInsLeft > 0 && random.below(left) < walkInsLeft * 3) {
      this.walkIns += 1;
      return { person: undefined, isNew: false };
    }
    const newLeft = SAMPLE_MEMBERS - this.seenIn.length;
    if (newLeft > 0 && (this.seenIn.length === 0 || random.below(Math.max(1, left - walkInsLeft)) < newLeft)) {
      this.seenIn.push(new Set());
      return { person: this.seenIn.length - 1, isNew: true };
    }
    // The smaller of two throws: some people buy far more often than others.
    const [one, two] = [random.below(this.seenIn.length), random.below(this.seenIn.length)];
    return { person: Math.min(one, two), isNew: false };
  }

  /** A cancelled order tells nobody who the buyer is, so its channel is not known afterwards either. */
  private identities(person: number, channel: string, cancelled: boolean): OrderInput['buyer'] {
    const own = { type: OWN_IDENTITY[channel]!, value: `${channel}-${String(person * 7919 + 100_003).padStart(9, '0')}` };
    const seen = this.seenIn[person]!;
    const known = seen.has(channel);
    if (!cancelled) seen.add(channel);
    // Once the phone number has been linked to it, a channel's own id is enough.
    if (known && this.random.perMille(500)) return [own];
    return [
      {
        type: 'phone',
        value: `1700${String(person * 631 + 1_000_000)
          .padStart(7, '0')
          .slice(-7)}`,
      },
      own,
    ];
  }

  private partners(channel: string, person: number | undefined, date: string): Pick<OrderInput, 'storeCode' | 'guideCode' | 'leaderCode'> {
    const { random } = this;
    if (channel === 'tmall' || channel === 'douyin') return {};
    if (channel === 'group-buy')
      return { leaderCode: leaderCode(person === undefined ? random.below(LEADERS) : (person * 13 + random.below(2)) % LEADERS) };
    const home = person === undefined ? random.below(STORES) : (person * 17) % STORES;
    const abroad = (home + DISTRIBUTORS * random.between(1, 9)) % STORES;
    const store = random.perMille(channel === 'till' ? 120 : 30) ? abroad : home;
    if (channel === 'mini-program' && random.perMille(200)) return {};
    const guides = this.network.guidesOf(store, date);
    if (guides.length === 0 || random.perMille(90)) return { storeCode: storeCode(store) };
    return { storeCode: storeCode(store), guideCode: guideCode(random.pick(guides)) };
  }

  private lines(channel: string): OrderInput['lines'] {
    const { random } = this;
    const count = 1 + random.weighted([58, 26, 11, 5]);
    return Array.from({ length: count }, (_, place) => {
      const product = sampleProducts[Math.min(random.below(sampleProducts.length), random.below(sampleProducts.length))]!;
      const quantity = 1 + random.weighted([76, 18, 6]);
      const discount = channel === 'till' ? 0 : random.pick([0, 0, 50, 100, 150]);
      return {
        lineNo: place + 1,
        sku: product.sku,
        quantity,
        netMinor: Math.floor((product.priceMinor * quantity * (1000 - discount)) / 1000),
      };
    });
  }

  /** Most goods come back within weeks; every sixth return takes months and meets a closed period. */
  private planRefund(order: OrderInput, date: string): void {
    const { random } = this;
    const due = dateAfter(date, random.perMille(170) ? random.between(35, 75) : random.between(1, 20));
    if (due > SAMPLE_AS_OF) return;
    const total = order.lines.reduce((sum, line) => sum + line.netMinor, 0);
    const kind = random.weighted([60, 25, 15]);
    const line = random.pick(order.lines);
    const refund: RefundInput = {
      channel: order.channel,
      externalId: `RF${order.externalId}`,
      occurredAt: `${due} ${clock(random.between(9 * 3_600, 21 * 3_600))}`,
      orderExternalId: order.externalId,
      reason: random.pick(['不想要了 Changed mind', '尺码不合 Wrong size', '破损 Damaged', '效期临近 Short shelf life']),
      ...(kind === 1 ? { lines: [{ lineNo: line.lineNo!, amountMinor: line.netMinor }] } : {}),
      ...(kind === 2 ? { amountMinor: Math.floor((total * random.between(10, 60)) / 100) } : {}),
    };
    const list = this.refunds.get(due);
    if (list) list.push(refund);
    else this.refunds.set(due, [refund]);
  }
}

const OWN_IDENTITY: Readonly<Record<string, 'card' | 'wechat_openid' | 'marketplace_buyer' | 'wechat_unionid'>> = {
  till: 'card',
  'mini-program': 'wechat_openid',
  tmall: 'marketplace_buyer',
  douyin: 'marketplace_buyer',
  'group-buy': 'wechat_unionid',
};

function touchpointOf(channel: string, random: Random): string {
  if (channel === 'tmall') return 'search-ads';
  if (channel === 'douyin') return 'creator-live';
  return channel === 'group-buy' ? 'welfare-group' : random.pick(PRIVATE_TOUCHPOINTS);
}

function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

function clock(second: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(Math.floor(second / 3_600))}:${part(Math.floor(second / 60) % 60)}:${part(second % 60)}`;
}
