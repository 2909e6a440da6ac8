import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { businessDate, code, currency, instant, minor, period, positiveMinor, uuid } from '../primitives';
import { fieldError } from '../problem';
import { channelCode } from '../commerce/channel';
import { findingThresholds } from './finding-api';
import { partnerType } from './partner';
import { accountHolder, bankAccount, bankId } from './payee-api';
import { planRule } from './plan-input';

/** How a brand binds customers, holds money back and pays. */
export const distributionSettings = z.strictObject({
  /** `first`: for good; `last`: the latest purchase; `protected`: free again after protectionDays without a purchase. */
  bindingMode: z.enum(['first', 'last', 'protected']).default('first'),
  protectionDays: z.number().int().min(0).max(36_500).nullable().default(null),
  /** The first of these that a line names is the partner it binds its buyer to. */
  bindTo: z
    .array(z.enum(['store', 'guide', 'leader']))
    .min(1)
    .default(['guide', 'store']),
  /** Days after payment before commission is released to a statement. */
  holdingDays: z.number().int().min(0).max(3650).default(7),
  holdingDaysByChannel: z.record(channelCode, z.number().int().min(0).max(3650)).default({}),
  /** Statements below this are carried forward. */
  minimumPayoutMinor: positiveMinor.default(0),
  /** Close each month by itself once it has ended and everything has arrived. */
  autoClose: z.boolean().default(false),
  /** Seconds after arrival before a purchase is decided; null: when its business date has been sealed. */
  bindingDelaySeconds: z.number().int().min(0).max(86_400).nullable().default(5),
  /** Statements that come to more need a second checker; null: one is enough. */
  secondApprovalAboveMinor: positiveMinor.nullable().default(null),
  /** Days after publication within which a partner may dispute its statement. */
  disputeWindowDays: z.number().int().min(0).max(365).default(7),
  /** Payout batches that come to more need a second treasury checker; null: one is enough. */
  secondPayoutApprovalAboveMinor: positiveMinor.nullable().default(null),
  /** From which account partners are paid. */
  payoutDebtor: z.strictObject({ name: accountHolder, account: bankAccount, bankId }).nullable().default(null),
  /** What reviewers are to be shown. */
  findings: findingThresholds.default(findingThresholds.parse({})),
});
export type DistributionSettings = z.infer<typeof distributionSettings>;
/** Settings as they are read and saved: `revision` is 0 until somebody saves, and counts up each time. */
export const savedSettings = distributionSettings.extend({ revision: z.number().int().min(0) });
export type SavedSettings = z.infer<typeof savedSettings>;

export const partnerRow = z.object({
  id: uuid,
  code,
  type: partnerType,
  name: z.string(),
  /** Parent now; null when directly under the brand. */
  parentId: uuid.nullable(),
  parentCode: z.string().nullable(),
  parentName: z.string().nullable(),
});
export const partnerList = listOf(partnerRow);
export const partnerDetail = partnerRow.extend({
  /** The chain now, nearest first, the partner itself excluded. */
  chain: z.array(z.object({ id: uuid, code, type: partnerType, name: z.string() })),
  history: z.array(
    z.object({ parentId: uuid.nullable(), parentName: z.string().nullable(), validFrom: instant, validTo: instant.nullable() }),
  ),
  children: z.number().int(),
  balances: z.object({ currency, pendingMinor: minor, payableMinor: minor }),
});
/** Children of one partner (or of the brand) as of a date, with how many stand below each. */
export const partnerTree = z.object({
  asOf: instant,
  data: z.array(z.object({ id: uuid, code, type: partnerType, name: z.string(), children: z.number().int() })),
});
export const partnerImportResult = z.object({
  accepted: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.array(z.object({ line: z.number().int(), code: z.string(), errors: z.array(fieldError) })),
});

export const bindingRow = z.object({
  id: uuid,
  customerId: uuid,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
  reason: z.string(),
  endReason: z.string().nullable(),
  orderId: uuid.nullable(),
});
export const bindingList = listOf(bindingRow);

export const planRow = z.object({
  id: uuid,
  code: z.string(),
  version: z.number().int(),
  name: z.string(),
  state: z.enum(['draft', 'active', 'ended']),
  validFrom: instant,
  validTo: instant.nullable(),
  budgetPpm: z.number().int(),
  rules: z.array(planRule),
  contentHash: z.string(),
  authorId: uuid,
  approverId: uuid.nullable(),
  activatedAt: instant.nullable(),
});
export const planList = z.object({ data: z.array(planRow) });

export const lineState = z.enum(['ACCRUED', 'MATURED', 'REVERSED']);
export const commissionLineRow = z.object({
  id: uuid,
  orderId: uuid,
  orderExternalId: z.string(),
  lineNo: z.number().int(),
  role: z.string(),
  kind: z.enum(['EARN', 'REVERSE']),
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  baseMinor: minor,
  ratePpm: z.number().int().nullable(),
  /** Positive when earned, negative when taken back. */
  amountMinor: minor,
  /** Of an earned line: taken back so far. */
  reversedMinor: minor,
  currency,
  state: lineState,
  channel: channelCode,
  originDate: businessDate,
  originPeriod: period,
  occurredAt: instant,
  /** When the holding period ends; null once reversed. */
  matureAt: instant.nullable(),
  /** Why the line is kept from maturing beyond its holding period; null: it is not. */
  holdReason: z.string().nullable(),
});
export const commissionLineList = listOf(commissionLineRow);

export const heldAction = z.enum(['void', 'accept']);
export const heldOrderRow = z.object({
  id: uuid,
  externalId: z.string(),
  channel: channelCode,
  occurredAt: instant,
  reason: z.enum(['unknown_partner', 'no_plan', 'cost_unknown', 'budget_exceeded', 'account_halted']),
  detail: z.string(),
  /** What can be done about it. */
  remedy: z.string(),
  /** What somebody has proposed to do with it and a second person has to decide. */
  proposal: z.object({ action: heldAction, reason: z.string(), proposedBy: uuid, proposedAt: instant }).nullable(),
});
/** `void`: the order never counts; `accept`: it is split although that exceeds the budget. */
export const heldProposal = z.strictObject({ action: heldAction, reason: z.string().trim().min(1).max(500) });
/** Names the action that was seen proposed: what is decided on is no other. */
export const heldDecision = heldProposal.extend({ approve: z.boolean() });
export const heldDecisionResult = z.object({ state: z.enum(['PROPOSED', 'REJECTED', 'APPROVED']) });
export const heldOrderList = listOf(heldOrderRow);

/** A refund that has not been taken back and waits for somebody, whole. */
export const heldRefundRow = z.object({
  id: uuid,
  orderId: uuid,
  /** Null while the order has not arrived. */
  orderExternalId: z.string().nullable(),
  channel: channelCode,
  occurredAt: instant,
  receivedAt: instant,
  currency,
  amountMinor: positiveMinor,
  reason: z.enum(['exceeds_paid', 'account_halted', 'order_unknown']),
  /** What can be done about it. */
  remedy: z.string(),
  /** Who proposed that nothing is taken back by it, and why; a second person decides. */
  voidProposedBy: uuid.nullable(),
  voidReason: z.string().nullable(),
});
export const heldRefundList = listOf(heldRefundRow);

export const trialBalance = z.object({
  accounts: z.array(z.object({ account: z.string(), currency, debitMinor: minor, creditMinor: minor, balanceMinor: minor })),
  /** Sum over every account; zero, always. */
  balancedMinor: minor,
});
/** One line of `commission-by-partner-month` (NDJSON). */
export const commissionByPartnerMonth = z.object({
  role: z.string(),
  partner: code,
  month: period,
  currency,
  baseMinor: minor,
  earnedMinor: minor,
  reversedMinor: minor,
});
/** One row per role. */
export const commissionSummary = z.object({
  data: z.array(
    z.object({ role: z.string(), currency, lines: z.number().int(), baseMinor: minor, earnedMinor: minor, reversedMinor: minor }),
  ),
});

/** Queries of the lists. Times and dates are inclusive. */
export const partnerQuery = listQuery.extend({
  type: partnerType.optional(),
  q: z.string().trim().max(100).optional(),
  parentId: uuid.optional(),
});
export const partnerTreeQuery = z.object({ asOf: instant.optional(), parentId: uuid.optional() });
export const bindingQuery = listQuery.extend({ customerId: uuid.optional(), partnerId: uuid.optional() });
export const commissionLineQuery = listQuery.extend({
  partnerId: uuid.optional(),
  orderId: uuid.optional(),
  customerId: uuid.optional(),
  role: z.string().max(32).optional(),
  state: lineState.optional(),
  /** Origin period. */
  period: period.optional(),
  /** Kept from maturing by somebody; for those who see the whole brand, ignored for others. */
  held: z.enum(['true']).optional(),
});
export const heldRetryResult = z.object({ requeued: z.boolean() });
export const planDrafted = z.object({ planVersionId: uuid, state: z.literal('draft'), version: z.number().int() });
