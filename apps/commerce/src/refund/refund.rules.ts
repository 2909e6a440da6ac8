import { createHash } from 'node:crypto';
import type { FieldError, refundInput } from '@concentric/contracts';
import { MoneyRangeError, prorate, sumMinor } from '@concentric/money';
import type { z } from 'zod';
import { momentFault, type BlindIndex, type BrandRules } from '../brand/brand.rules';
import { fault } from '../intake/intake.rules';

export type ValidRefund = z.output<typeof refundInput>;

/** Refund documents that a cancellation makes are named after their order, so nobody else may use such a name. */
export const cancelPrefix = 'cancel:';

/** What a refund asks for. Instants in epoch ms. Exactly one of `orderExternalId` and `match` is given. */
export interface RefundRequest {
  channel: string;
  externalId: string;
  occurredAt: number;
  businessDate: string;
  period: string;
  orderExternalId: string | null;
  match: { index: string; sku: string } | null;
  /** Amounts per line, ascending, each line once; null: spread `amountMinor`, or everything that is left. */
  lines: RefundPart[] | null;
  amountMinor: number | null;
  reason: string | null;
  contentHash: Buffer;
}

export interface RefundPart {
  lineNo: number;
  amountMinor: number;
}

/** What is left of one order line. */
export interface RefundableLine {
  lineNo: number;
  sku: string;
  netMinor: number;
  refundedMinor: number;
}

/** An order as far as refunds care. */
export interface RefundableOrder {
  orderId: string;
  channel: string;
  externalId: string;
  status: string;
  placedAt: number;
  paidAt: number | null;
  refundedMinor: number;
  lines: RefundableLine[];
}

/** Resolves one valid refund against its brand, or says what is wrong with it. */
export function draftRefund(input: ValidRefund, brand: BrandRules, blindIndex: BlindIndex): RefundRequest | FieldError[] {
  const errors = [...brand.channelFaults('channel', input.channel), ...targetFaults(input), ...amountFaults(input)];
  const occurredAt = brand.moment(input.occurredAt);
  if (occurredAt === null) errors.push(momentFault('occurredAt'));
  if (errors.length > 0 || occurredAt === null) return errors;

  const request = {
    channel: input.channel,
    externalId: input.externalId,
    occurredAt,
    businessDate: brand.calendar.businessDate(occurredAt),
    period: brand.calendar.period(occurredAt),
    orderExternalId: input.orderExternalId ?? null,
    match: input.match ? { index: blindIndex(input.match.buyer.type, input.match.buyer.value), sku: input.match.sku } : null,
    lines: input.lines ? mergeLines(input.lines) : null,
    amountMinor: input.lines ? null : (input.amountMinor ?? null),
    reason: input.reason || null,
  };
  return { ...request, contentHash: contentHash(request) };
}

/** Hash of what a refund says; the reason is a remark and may be reworded. */
export function contentHash(request: Omit<RefundRequest, 'contentHash' | 'reason'>): Buffer {
  const lines = request.lines?.map((line) => [line.lineNo, line.amountMinor]) ?? null;
  const content = [
    request.occurredAt,
    request.orderExternalId,
    request.match?.index ?? null,
    request.match?.sku ?? null,
    lines,
    request.amountMinor,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

/** What is left of an order's lines, in minor units. */
export function leftOf(lines: readonly RefundableLine[]): number {
  return sumMinor(lines.map((line) => line.netMinor - line.refundedMinor));
}

/**
 * Decides what a refund takes from each line of its order. An amount is spread in proportion to what is left of the
 * lines; no line ever gives more than it has left, so any sequence of refunds stays within the order.
 * @returns the parts above zero in order of lines, or why it cannot be booked
 */
export function splitRefund(
  request: Pick<RefundRequest, 'lines' | 'amountMinor'>,
  lines: readonly RefundableLine[],
): RefundPart[] | FieldError[] {
  if (request.lines) return takeLines(request.lines, lines);
  const left = leftOf(lines);
  const wanted = request.amountMinor ?? left;
  if (left === 0) return [exceeds('amountMinor', 'nothing is left of the order to refund', 0)];
  if (wanted > left) return [exceeds('amountMinor', `${wanted} is more than the ${left} that are left of the order`, left)];
  const parts = prorate(
    wanted,
    lines.map((line) => line.netMinor - line.refundedMinor),
  );
  return lines.flatMap((line, at) => (parts[at]! > 0 ? [{ lineNo: line.lineNo, amountMinor: parts[at]! }] : []));
}

export function isFaults(result: readonly (RefundPart | FieldError)[]): result is FieldError[] {
  const first = result[0];
  return first !== undefined && 'code' in first;
}

/**
 * The latest earlier line of the buyer's product on which the refund fits: with an amount, a line with that much
 * left; without, any line with something left. Later means placed later, then greater order number, then later line.
 */
export function matchLine(
  request: Pick<RefundRequest, 'occurredAt' | 'amountMinor' | 'match'>,
  orders: Iterable<RefundableOrder>,
): { order: RefundableOrder; line: RefundableLine } | null {
  const needed = Math.max(1, request.amountMinor ?? 1);
  let best: { order: RefundableOrder; line: RefundableLine } | null = null;
  for (const order of orders) {
    if (order.paidAt === null || order.placedAt > request.occurredAt) continue;
    for (const line of order.lines) {
      if (line.sku !== request.match?.sku || line.netMinor - line.refundedMinor < needed) continue;
      if (best === null || isLater(order, line, best)) best = { order, line };
    }
  }
  return best;
}

function isLater(order: RefundableOrder, line: RefundableLine, than: { order: RefundableOrder; line: RefundableLine }): boolean {
  if (order.placedAt !== than.order.placedAt) return order.placedAt > than.order.placedAt;
  if (order.externalId !== than.order.externalId) return order.externalId > than.order.externalId;
  return line.lineNo > than.line.lineNo;
}

function takeLines(wanted: readonly RefundPart[], lines: readonly RefundableLine[]): RefundPart[] | FieldError[] {
  const byNo = new Map(lines.map((line) => [line.lineNo, line]));
  const errors: FieldError[] = [];
  wanted.forEach((part, at) => {
    const line = byNo.get(part.lineNo);
    if (!line) {
      errors.push(
        fault(
          `lines[${at}].lineNo`,
          'line_unknown',
          `the order has no line ${part.lineNo}`,
          `Use one of the order's lines: ${[...byNo.keys()].slice(0, 20).join(', ')}.`,
        ),
      );
      return;
    }
    const left = line.netMinor - line.refundedMinor;
    if (part.amountMinor > left)
      errors.push(
        exceeds(`lines[${at}].amountMinor`, `${part.amountMinor} is more than the ${left} that are left of line ${part.lineNo}`, left),
      );
  });
  return errors.length > 0 ? errors : wanted.filter((part) => part.amountMinor > 0);
}

function exceeds(field: string, message: string, left: number): FieldError {
  const remedy =
    left > 0
      ? `Refund at most ${left}, or check whether this refund was sent before under another number.`
      : 'Check whether this refund was sent before under another number.';
  return fault(field, 'refund_exceeds', message, remedy);
}

function mergeLines(lines: NonNullable<ValidRefund['lines']>): RefundPart[] {
  const byNo = new Map<number, number>();
  for (const { lineNo, amountMinor } of lines) byNo.set(lineNo, (byNo.get(lineNo) ?? 0) + amountMinor);
  return [...byNo].map(([lineNo, amountMinor]) => ({ lineNo, amountMinor })).sort((a, b) => a.lineNo - b.lineNo);
}

function targetFaults(input: ValidRefund): FieldError[] {
  const errors: FieldError[] = [];
  if (input.externalId.startsWith(cancelPrefix)) {
    errors.push(
      fault(
        'externalId',
        'external_id_reserved',
        `names that begin with ${cancelPrefix} belong to cancelled orders`,
        'Give the refund another number.',
      ),
    );
  }
  if (input.orderExternalId === undefined && input.match === undefined) {
    errors.push(
      fault(
        'orderExternalId',
        'order_required',
        'the refund names neither an order nor how to find one',
        'Send orderExternalId, or match with buyer and sku.',
      ),
    );
  }
  if (input.orderExternalId !== undefined && input.match !== undefined) {
    errors.push(
      fault('match', 'order_ambiguous', 'the refund names an order and a rule to find one', 'Send either orderExternalId or match.'),
    );
  }
  if (input.match !== undefined && input.lines !== undefined) {
    errors.push(
      fault(
        'lines',
        'lines_without_order',
        'lines cannot be named without their order',
        'Send orderExternalId with lines, or amountMinor with match.',
      ),
    );
  }
  return errors;
}

function amountFaults(input: ValidRefund): FieldError[] {
  if (!input.lines) {
    return input.amountMinor === 0
      ? [
          fault(
            'amountMinor',
            'amount_zero',
            'a refund of nothing is no refund',
            'Leave the record out, or leave amountMinor out to refund the whole rest.',
          ),
        ]
      : [];
  }
  const total = safeSum(input.lines.map((line) => line.amountMinor));
  if (total === null)
    return [
      fault(
        'lines',
        'amount_too_large',
        'the lines add up to more than can be kept exactly',
        'Check the amounts: they are in minor units, such as cents.',
      ),
    ];
  if (total === 0) return [fault('lines', 'amount_zero', 'a refund of nothing is no refund', 'Leave the record out.')];
  if (input.amountMinor !== undefined && input.amountMinor !== total) {
    return [
      fault(
        'amountMinor',
        'amount_mismatch',
        `the lines add up to ${total}, not to ${input.amountMinor}`,
        'Send lines or amountMinor, or let them agree.',
      ),
    ];
  }
  return [];
}

function safeSum(amounts: readonly number[]): number | null {
  try {
    return sumMinor(amounts);
  } catch (error) {
    if (error instanceof MoneyRangeError) return null;
    throw error;
  }
}
