import { createHash } from 'node:crypto';
import type { FieldError, orderInput, OrderStatus } from '@concentric/contracts';
import { MoneyRangeError, sumMinor } from '@concentric/money';
import type { z } from 'zod';
import { momentFault, type BlindIndex, type BrandRules } from '../brand/brand.rules';
import { fault } from '../intake/intake.rules';

export type ValidOrder = z.output<typeof orderInput>;

export interface DraftLine {
  lineNo: number;
  sku: string;
  /** As the channel named it; the product's category is filled in when the order is stored. */
  category: string | null;
  quantity: number;
  netMinor: number;
  costMinor: number | null;
  storeCode: string | null;
  guideCode: string | null;
}

/** One order as a channel sent it, with defaults, dates and its frozen part resolved. Instants in epoch ms. */
export interface OrderDraft {
  channel: string;
  externalId: string;
  status: OrderStatus;
  placedAt: number;
  paidAt: number | null;
  cancelledAt: number | null;
  businessDate: string;
  period: string;
  buyer: { type: ValidOrder['buyer'][number]['type']; value: string; index: string }[];
  storeCode: string | null;
  guideCode: string | null;
  leaderCode: string | null;
  touchpoint: string | null;
  fulfilmentMinor: number | null;
  netMinor: number;
  lines: DraftLine[];
  frozenHash: Buffer;
}

const rank: Record<OrderStatus, number> = { created: 0, paid: 1, shipped: 2, completed: 3, cancelled: 4 };

/** Whether an order in this status has been paid. `cancelled` does not say: see `paidAt` of the stored order. */
export function isPaid(status: OrderStatus): boolean {
  return status === 'paid' || status === 'shipped' || status === 'completed';
}

/** Status only moves forward: repeated exports with an older one are normal and change nothing. */
export function movesForward(from: OrderStatus, to: OrderStatus): boolean {
  return rank[to] > rank[from];
}

/** Clocks of tills and zones of exports may be off by a day, not by more: what lies further ahead is a slip of the pen. */
const AHEAD_MS = 86_400_000;

/** What is wrong with an order that has not happened yet at `now` (epoch ms); none when it has. */
export function futureFaults(placedAt: number, now: number): FieldError[] {
  if (placedAt <= now + AHEAD_MS) return [];
  return [
    fault(
      'placedAt',
      'in_the_future',
      'lies more than a day ahead',
      'Send the moment at which the order was placed; check year and time zone.',
    ),
  ];
}

/**
 * Resolves one valid order against its brand: channel and currency checked, moments read in the brand's zone, line
 * numbers given, the frozen part hashed.
 * @param blindIndex keyed hash of an identity, so that no plain identity enters the hash
 */
export function draftOrder(input: ValidOrder, brand: BrandRules, blindIndex: BlindIndex): OrderDraft | FieldError[] {
  const errors = [...brand.channelFaults('channel', input.channel), ...brand.currencyFaults(input.currency)];
  const placedAt = readMoment('placedAt', input.placedAt, brand, errors);
  const paidAt = readMoment('paidAt', input.paidAt, brand, errors);
  const cancelledAt = readMoment('cancelledAt', input.cancelledAt, brand, errors);
  const lines = draftLines(input, errors);
  const netMinor = sum(lines, errors);
  if (errors.length > 0 || placedAt === null) return errors;

  const buyer = distinctBuyer(input, blindIndex);
  const draft = {
    channel: input.channel,
    externalId: input.externalId,
    status: input.status,
    placedAt,
    // Exports often carry a payment time without hours; the holding period must not begin before the order.
    paidAt: paidAt === null ? null : Math.max(paidAt, placedAt),
    cancelledAt,
    businessDate: brand.calendar.businessDate(placedAt),
    period: brand.calendar.period(placedAt),
    buyer,
    storeCode: input.storeCode ?? null,
    guideCode: input.guideCode ?? null,
    leaderCode: input.leaderCode ?? null,
    touchpoint: input.touchpoint ?? null,
    fulfilmentMinor: input.fulfilmentMinor ?? null,
    netMinor,
    lines,
  };
  return { ...draft, frozenHash: frozenHash(draft) };
}

/**
 * Hash of everything that must never change under the same order id: time, buyer, who served, lines and amounts.
 * Status, payment, cancellation and fulfilment cost become known later and are left out. Category and cost count as
 * the channel sent them, so that a product renamed meanwhile does not make a repeated export look changed.
 */
export function frozenHash(draft: Omit<OrderDraft, 'frozenHash'>): Buffer {
  const buyer = draft.buyer.map((identity) => identity.index).sort();
  const lines = draft.lines.map((line) => [
    line.lineNo,
    line.sku,
    line.category,
    line.quantity,
    line.netMinor,
    line.costMinor,
    line.storeCode,
    line.guideCode,
  ]);
  const frozen = [draft.placedAt, buyer, draft.storeCode, draft.guideCode, draft.leaderCode, draft.touchpoint, lines];
  return createHash('sha256').update(JSON.stringify(frozen)).digest();
}

function draftLines(input: ValidOrder, errors: FieldError[]): DraftLine[] {
  const lines = input.lines.map((line, position) => ({
    lineNo: line.lineNo ?? position + 1,
    sku: line.sku,
    category: line.category ?? null,
    quantity: line.quantity,
    netMinor: line.netMinor,
    costMinor: line.costMinor ?? null,
    storeCode: line.storeCode ?? input.storeCode ?? null,
    guideCode: line.guideCode ?? input.guideCode ?? null,
  }));
  const seen = new Set<number>();
  lines.forEach((line, position) => {
    if (seen.has(line.lineNo)) {
      errors.push(
        fault(
          `lines[${position}].lineNo`,
          'line_repeated',
          `line ${line.lineNo} occurs twice in the order`,
          'Give every line its own number, or leave all numbers out to count them by position.',
        ),
      );
    }
    seen.add(line.lineNo);
  });
  return lines.sort((a, b) => a.lineNo - b.lineNo);
}

function sum(lines: readonly DraftLine[], errors: FieldError[]): number {
  try {
    return sumMinor(lines.map((line) => line.netMinor));
  } catch (error) {
    if (!(error instanceof MoneyRangeError)) throw error;
    errors.push(
      fault(
        'lines',
        'amount_too_large',
        'the lines add up to more than can be kept exactly',
        'Check the amounts: they are in minor units, such as cents.',
      ),
    );
    return 0;
  }
}

function distinctBuyer(input: ValidOrder, blindIndex: BlindIndex): OrderDraft['buyer'] {
  const byIndex = new Map<string, OrderDraft['buyer'][number]>();
  for (const { type, value } of input.buyer) {
    const index = blindIndex(type, value);
    if (!byIndex.has(index)) byIndex.set(index, { type, value, index });
  }
  return [...byIndex.values()];
}

function readMoment(field: string, text: string | undefined, brand: BrandRules, errors: FieldError[]): number | null {
  if (text === undefined) return null;
  const moment = brand.moment(text);
  if (moment === null) errors.push(momentFault(field));
  return moment;
}
