import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { code, currency, instant, minor, period, positiveMinor, uuid } from '../primitives';
import { partnerType } from './partner';

export const statementState = z.enum([
  'PARKED',
  'DRAFT',
  'IN_REVIEW',
  'APPROVED',
  'PUBLISHED',
  'CONFIRMED',
  'DISPUTED',
  'CARRIED',
  'PAYABLE',
  'IN_PAYOUT',
  'PAID',
  'VOID',
]);
export type StatementState = z.infer<typeof statementState>;

/** What keeps a confirmed statement from being payable. */
export const statementWait = z.enum(['payee', 'partner_blocked']);
export type StatementWait = z.infer<typeof statementWait>;

export const statementRow = z.object({
  id: uuid,
  period,
  revision: z.number().int(),
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  partnerType,
  currency,
  openingMinor: minor,
  earnedMinor: minor,
  reversedMinor: minor,
  /** Adjustments booked in the period, for or against the partner. */
  adjustedMinor: minor,
  /** Positive: a leftover kept; negative: a debt given up. */
  writtenOffMinor: minor,
  /** Tax withheld from payouts in the period. */
  withheldMinor: minor,
  /** Sent in the period, less what came back. */
  paidMinor: minor,
  /** Opening + earned − reversed + adjusted − written off − withheld − paid. */
  closingMinor: minor,
  /** Carried in from earlier statements that paid nothing. */
  carriedInMinor: minor,
  /** What this statement comes to before tax: carried in + earned − reversed + adjusted − written off. */
  netMinor: minor,
  /** To be withheld when it is paid; the payout is net − tax. */
  taxMinor: positiveMinor,
  /** What comes of its net: it is paid, or a later statement takes it in. */
  outcome: z.enum(['pay', 'carry']),
  /** Which month's statement has taken it in although it was to be paid: the partner was blocked. */
  carriedInto: period.nullable(),
  lines: z.number().int(),
  fingerprint: z.string(),
  state: statementState,
  /** What keeps it from being paid, once it is confirmed. */
  waitingFor: statementWait.nullable(),
  parkedReason: z.string().nullable(),
  submittedBy: uuid.nullable(),
  approvedBy: uuid.nullable(),
  secondApprovedBy: uuid.nullable(),
  rejectedReason: z.string().nullable(),
  publishedAt: instant.nullable(),
  /** When somebody of the partner looked at it first. */
  seenAt: instant.nullable(),
  /** Until when the partner may dispute it. */
  disputeUntil: instant.nullable(),
  confirmedAt: instant.nullable(),
  voidProposedBy: uuid.nullable(),
  voidReason: z.string().nullable(),
  /** How much reviewers are shown about it, and how much of that nobody has accepted yet; null: it is still being examined. */
  findings: z.number().int().nullable(),
  openFindings: z.number().int().nullable(),
});
export const statementTotals = z.object({
  currency,
  statements: z.number().int(),
  openingMinor: minor,
  carriedInMinor: minor,
  earnedMinor: minor,
  reversedMinor: minor,
  adjustedMinor: minor,
  writtenOffMinor: minor,
  netMinor: minor,
  taxMinor: minor,
  closingMinor: minor,
});
/** A page of statements, with the totals of everything the filter matches, not of the page. */
export const statementList = listOf(statementRow).extend({ totals: z.array(statementTotals) });
export const statementRef = z.strictObject({ statementId: uuid, fingerprint: z.string().min(1).max(80) });
const reason = z.string().trim().min(1).max(500);
export const statementDecision = z.strictObject({ items: z.array(statementRef).min(1).max(500), reason: reason.optional() });
export const statementDecisionResult = z.object({
  done: z.number().int(),
  refused: z.array(z.object({ statementId: uuid, code: z.string(), message: z.string() })),
});
export const statementQuery = listQuery.extend({
  period: period.optional(),
  partnerId: uuid.optional(),
  state: statementState.optional(),
  type: partnerType.optional(),
  outcome: z.enum(['pay', 'carry']).optional(),
  /** What keeps it from being paid. */
  waitingFor: statementWait.optional(),
  /** With findings, or without any. */
  exceptional: z.enum(['true', 'false']).optional(),
});

/** Why somebody proposes something that another person decides on. */
export const proposalInput = z.strictObject({ reason });
/** The second person's decision on a proposal. */
export const proposalDecision = z.strictObject({ approve: z.boolean(), reason });

export const disputeState = z.enum(['OPEN', 'PROPOSED', 'RESOLVED']);
/** A line that a statement shows, or an adjustment or write-off booked in its period, and what the partner claims for it instead. */
const disputedItem = z.strictObject({ lineId: uuid.optional(), adjustmentId: uuid.optional(), claimedMinor: minor });
/** What a partner does not agree with. */
export const disputeInput = z.strictObject({
  items: z
    .array(
      disputedItem.refine(({ lineId, adjustmentId }) => (lineId === undefined) !== (adjustmentId === undefined), {
        path: ['lineId'],
        message: 'name either a line or an adjustment',
      }),
    )
    .min(1)
    .max(500),
  reason,
});
/** Rejecting a dispute, or adjusting by a signed amount (positive: owed to the partner) in the open period. */
export const disputeProposal = z
  .strictObject({ resolution: z.enum(['reject', 'adjust']), amountMinor: minor.optional(), reason })
  .refine(({ resolution, amountMinor }) => (resolution === 'adjust') === (amountMinor !== undefined && amountMinor !== 0), {
    path: ['amountMinor'],
    message: 'an adjustment has an amount other than zero, a rejection has none',
  });
/** Names the proposal that was seen: what is decided on is no other. */
export const disputeDecision = proposalDecision.extend({ resolution: z.enum(['reject', 'adjust']), amountMinor: minor.optional() });
export const disputeRow = z.object({
  id: uuid,
  statementId: uuid,
  period,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  currency,
  state: disputeState,
  items: z.array(disputedItem),
  reason: z.string(),
  openedBy: uuid,
  openedAt: instant,
  resolution: z.enum(['reject', 'adjust']).nullable(),
  amountMinor: minor.nullable(),
  proposedBy: uuid.nullable(),
  proposalReason: z.string().nullable(),
  decidedBy: uuid.nullable(),
  decisionReason: z.string().nullable(),
  decidedAt: instant.nullable(),
  adjustmentId: uuid.nullable(),
});
export const disputeList = listOf(disputeRow);
export const disputeQuery = listQuery.extend({ state: disputeState.optional(), statementId: uuid.optional(), partnerId: uuid.optional() });

/** A partner that is not paid for the time being; `id` is the partner's. */
export const payoutBlockRow = z.object({
  id: uuid,
  partnerCode: code,
  partnerName: z.string(),
  reason: z.string(),
  blockedBy: uuid,
  blockedAt: instant,
});
export const payoutBlockList = listOf(payoutBlockRow);
