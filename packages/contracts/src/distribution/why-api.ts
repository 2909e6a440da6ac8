import { z } from 'zod';
import { channelCode } from '../commerce/channel';
import { listOf, listQuery } from '../list';
import { businessDate, code, currency, instant, minor, period, positiveMinor, uuid } from '../primitives';
import { adjustmentKind, adjustmentSource, adjustmentState } from './adjustment-api';
import { commissionLineRow } from './api';
import { partnerType } from './partner';
import { bankLineState, bankMatch, payoutItemState } from './payout-api';
import { planRule } from './plan-input';
import { recalculationState } from './recalculation-api';
import { statementRow, statementState } from './statement-api';

/** One side of a ledger transaction; exactly one of debit and credit is not zero. */
const whyPosting = z.object({
  txnId: uuid,
  kind: z.string(),
  period,
  effectiveAt: instant,
  account: z.string(),
  debitMinor: positiveMinor,
  creditMinor: positiveMinor,
  /** How much of it is this line's: what matures together is booked together. */
  partMinor: positiveMinor,
});

/** An item that pays a statement, and what the bank said about it. */
const whyPayout = z.object({
  id: uuid,
  payoutId: uuid,
  statementId: uuid,
  state: payoutItemState,
  grossMinor: positiveMinor,
  taxMinor: positiveMinor,
  amountMinor: positiveMinor,
  bankRef: z.string().nullable(),
  bankLines: z.array(
    z.object({
      id: uuid,
      fileId: uuid,
      lineNo: z.number().int(),
      status: z.string(),
      bankRef: z.string(),
      amountMinor: minor.nullable(),
      amountText: z.string(),
      bookedOn: z.string(),
      match: bankMatch,
      /** In the words of the bank. */
      reason: z.string(),
      why: z.string(),
      state: bankLineState,
    }),
  ),
});
export type WhyPayout = z.infer<typeof whyPayout>;

const whyAdjustment = z.object({
  id: uuid,
  kind: adjustmentKind,
  amountMinor: minor,
  /** The period it was booked in. */
  period: period.nullable(),
  originPeriod: period.nullable(),
  lineId: uuid.nullable(),
  source: adjustmentSource,
  state: adjustmentState,
  /** The dispute or recalculation that it comes from; this and what follows is not for partners. */
  sourceId: uuid.nullable(),
  reason: z.string().nullable(),
  proposedBy: uuid.nullable(),
  decidedBy: uuid.nullable(),
});

/** Why an amount is what it is: every step with its date and version, from the order to the bank. */
export const whyAmount = z.object({
  line: commissionLineRow,
  order: z.object({
    id: uuid,
    externalId: z.string(),
    channel: channelCode,
    occurredAt: instant,
    businessDate,
    lineNo: z.number().int(),
    sku: z.string(),
    category: z.string().nullable(),
    quantity: z.number().int(),
    netMinor: positiveMinor,
    costMinor: positiveMinor.nullable(),
    /** The cost became known only after the order had come; false where it is not shown. */
    isCostLater: z.boolean(),
  }),
  person: z.object({ customerId: uuid.nullable(), member: z.boolean(), tier: z.string().nullable() }),
  binding: z
    .object({
      id: uuid,
      partnerId: uuid,
      partnerName: z.string(),
      validFrom: instant,
      validTo: instant.nullable(),
      reason: z.string(),
      orderId: uuid.nullable(),
    })
    .nullable(),
  /** From where the rule starts up to the partner that earns, as it stood when the order was placed. */
  chain: z.array(z.object({ id: uuid, code, type: partnerType, name: z.string() })),
  plan: z.object({
    id: uuid,
    code: z.string(),
    version: z.number().int(),
    name: z.string(),
    validFrom: instant,
    contentHash: z.string(),
    ruleNo: z.number().int(),
    rule: planRule,
  }),
  computation: z.object({
    baseMinor: minor,
    ratePpm: z.number().int().nullable(),
    fixedMinor: minor.nullable(),
    capMinor: minor.nullable(),
    amountMinor: minor,
    hash: z.string(),
  }),
  /** `refundedMinor`: of the order line up to this refund; after it floor(earned × refunded / net) is taken back in all. */
  reversals: z.array(z.object({ id: uuid, refundId: uuid, occurredAt: instant, amountMinor: minor, refundedMinor: positiveMinor, period })),
  /** What of the line became payable, and in which period; null: nothing yet. */
  maturity: z.object({ period, amountMinor: minor }).nullable(),
  adjustments: z.array(whyAdjustment),
  /** What recalculations said about this order line, role and partner. */
  recalculations: z.array(
    z.object({
      id: uuid,
      state: recalculationState,
      planCode: z.string(),
      planVersion: z.number().int(),
      expectedMinor: minor,
      bookedMinor: minor,
      differenceMinor: minor,
      decidedAt: instant.nullable(),
    }),
  ),
  postings: z.array(whyPosting),
  /** The statements that it is on, and with what. */
  statements: z.array(
    z.object({
      id: uuid,
      period,
      revision: z.number().int(),
      state: statementState,
      earnedMinor: minor,
      reversedMinor: minor,
      adjustedMinor: minor,
    }),
  ),
  payouts: z.array(whyPayout),
});

export const statementFigure = z.enum(['carriedIn', 'earned', 'reversed', 'adjusted', 'writtenOff', 'withheld', 'paid']);

/** Why a statement says what it says: the documents behind each figure. Lines and reversals are listed on their own. */
export const whyStatement = z.object({
  statement: statementRow,
  /** Every figure, with what its documents sum to. */
  parts: z.array(z.object({ figure: statementFigure, figureMinor: minor, documentsMinor: minor, documents: z.number().int() })),
  /** The statement before, where it paid nothing, and those of a blocked partner that rolled on into this one. */
  carriedFrom: z.array(z.object({ id: uuid, period, state: statementState, netMinor: minor, wasBlocked: z.boolean() })),
  /** Booked in the period. */
  adjustments: z.array(whyAdjustment),
  /** What was sent, kept back or came back in the period: it settles statements before this one. */
  movements: z.array(
    z.object({ txnId: uuid, kind: z.string(), effectiveAt: instant, itemId: uuid, payoutId: uuid, statementId: uuid, amountMinor: minor }),
  ),
  /** The rule that the statement's tax follows from; null: none was in force at the end of the period. */
  taxRule: z
    .object({ validFrom: businessDate, exemptMinor: positiveMinor, deductMinor: positiveMinor, ratePpm: z.number().int() })
    .nullable(),
  /** How this statement itself is paid. */
  payouts: z.array(whyPayout),
});

export const whyLineQuery = listQuery.extend({ part: z.enum(['earned', 'reversed']) });
/** A line of a statement: over all pages `partMinor` sums to the figure. */
export const whyLineRow = z.object({
  id: uuid,
  orderId: uuid,
  orderExternalId: z.string(),
  lineNo: z.number().int(),
  role: z.string(),
  channel: channelCode,
  occurredAt: instant,
  originDate: businessDate,
  originPeriod: period,
  baseMinor: minor,
  ratePpm: z.number().int().nullable(),
  fixedMinor: minor.nullable(),
  capMinor: minor.nullable(),
  amountMinor: minor,
  /** Earned: what matured, after refunds before; reversed: what was taken back. */
  partMinor: minor,
  currency,
  planVersionId: uuid,
  planCode: z.string(),
  planVersion: z.number().int(),
  ruleNo: z.number().int(),
  /** The refund that a reversal comes from. */
  refundId: uuid.nullable(),
  refundedAt: instant.nullable(),
});
export const whyLineList = listOf(whyLineRow);
