import type { heldRefundRow, OrderRefunded, PurchaseAttributed } from '@concentric/contracts';
import { cumulativeReversal } from '@concentric/money';
import type { z } from 'zod';

/** A refund that may be taken back now. */
export interface DueRefund {
  data: OrderRefunded;
  /** Epoch ms. */
  occurredAt: number;
  /** Its order became void: nothing was posted, so there is nothing to take back. */
  ofVoid: boolean;
}

/** Why a refund waits for somebody. */
export type RefundHold = Exclude<z.infer<typeof heldRefundRow>['reason'], 'order_unknown'>;

/**
 * Is more to be refunded of a line than was paid for it (inv 18)? Only services that contradict each other can come to
 * that, so it counts for every line, whether or not it earned anybody anything. @param refunded minor units so far, by `order/line`
 */
export function exceedsPaid({ orderId, lines }: OrderRefunded, order: PurchaseAttributed, refunded: ReadonlyMap<string, number>): boolean {
  const after = new Map<number, number>();
  for (const { lineNo, amountMinor } of lines)
    after.set(lineNo, (after.get(lineNo) ?? refunded.get(`${orderId}/${lineNo}`) ?? 0) + amountMinor);
  const paid = new Map(order.lines.map(({ lineNo, netMinor }) => [lineNo, netMinor]));
  return [...after].some(([lineNo, amountMinor]) => amountMinor > (paid.get(lineNo) ?? 0));
}

/** The mutable side of an earned line, as far as a refund needs it. */
export interface EarnedLine {
  lineId: string;
  partnerId: string;
  role: string;
  state: 'ACCRUED' | 'MATURED' | 'REVERSED';
  earnedMinor: number;
  reversedMinor: number;
  /** Net amount of the order line when it was sold, and what has been refunded of it so far. */
  netMinor: number;
  refundedMinor: number;
}

/** What one refund of one order line takes back from one earned line. */
export interface Reversal {
  line: EarnedLine;
  /** Never negative; 0 when the floor leaves nothing to book yet. */
  amountMinor: number;
  refundedMinor: number;
  reversedMinor: number;
  state: EarnedLine['state'];
}

/**
 * Takes back in proportion, cumulatively: after refunds of R of a line sold for B the line has given back
 * floor(earned × R / B), so a full refund leaves exactly nothing (inv 18, 19). The original share decides, never
 * today's plan (inv 20). Returns null when more would be refunded than was paid.
 */
export function reverse(line: EarnedLine, refundMinor: number): Reversal | null {
  const refundedMinor = line.refundedMinor + refundMinor;
  if (refundedMinor > line.netMinor) return null;
  const reversedMinor = cumulativeReversal(line.earnedMinor, line.netMinor, refundedMinor);
  const whole = line.netMinor > 0 && refundedMinor === line.netMinor;
  return { line, amountMinor: reversedMinor - line.reversedMinor, refundedMinor, reversedMinor, state: whole ? 'REVERSED' : line.state };
}
