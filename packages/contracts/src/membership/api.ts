import { z } from 'zod';
import { identityType } from '../commerce/identity';
import { listOf, listQuery } from '../list';
import { businessDate, currency, instant, uuid } from '../primitives';
import { tier } from './purchase-attributed.event';

/** From which growth value on a tier is held. Growth value: whole currency units of net spend, rolling 365 days. */
export const tierThreshold = z.strictObject({ tier, fromGrowthValue: z.number().int().min(0).max(1_000_000_000) });

/** GET and PUT /settings. Thresholds name T0 to T4 once each, T0 from 0, strictly rising. */
export const membershipSettings = z.strictObject({
  /** Does a first purchase make a person a member? */
  registerOnPurchase: z.boolean(),
  tiers: z
    .array(tierThreshold)
    .length(5)
    .refine(
      (rows) =>
        rows.every(
          (row, i) =>
            row.tier === tier.options[i] &&
            (i === 0 ? row.fromGrowthValue === 0 : row.fromGrowthValue > (rows[i - 1]?.fromGrowthValue ?? 0)),
        ),
      'must name T0 to T4 in order, T0 from 0, each from more than the one before',
    ),
});
export type MembershipSettings = z.infer<typeof membershipSettings>;

/** What may be seen of an identity without a reason. */
export const maskedIdentity = z.object({ type: identityType, masked: z.string() });

/** Query of GET /members. `identityType` and `identityValue` together find one person exactly. */
export const memberListQuery = listQuery.extend({
  tier: tier.optional(),
  /** `true`: members only, `false`: persons who are no members. */
  member: z.enum(['true', 'false']).optional(),
  identityType: identityType.optional(),
  identityValue: z.string().trim().min(1).max(200).optional(),
  /** Dates of the brand, half-open: from the start of `joinedFrom` to the start of `joinedTo`. */
  joinedFrom: businessDate.optional(),
  joinedTo: businessDate.optional(),
});

/** One person. `sort`: `joined` (default, newest first), `known`, `id`. */
export const memberRow = z.object({
  customerId: uuid,
  member: z.boolean(),
  memberSince: instant.nullable(),
  joinChannel: z.string().nullable(),
  /** First known purchase. */
  knownFrom: instant,
  tier: tier.nullable(),
  tierSince: instant.nullable(),
  identities: z.array(maskedIdentity),
});
export type MemberRow = z.infer<typeof memberRow>;
export const memberList = listOf(memberRow);

/** A dated status, half-open; `to` null: still. */
export const statusPeriod = z.object({ status: z.string(), from: instant, to: instant.nullable(), reason: z.string() });

/** A dated tier, half-open; `to` null: still. */
export const tierPeriod = z.object({
  tier,
  from: instant,
  to: instant.nullable(),
  reason: z.string(),
  growthValue: z.number().int(),
});

export const memberPurchase = z.object({
  orderId: uuid,
  externalId: z.string(),
  channel: z.string(),
  occurredAt: instant,
  businessDate,
  currency,
  netMinor: z.number().int(),
  refundedMinor: z.number().int(),
  /** Was the person a member, and of which tier, as frozen with the purchase. */
  member: z.boolean(),
  tier: tier.nullable(),
});

export const memberMerge = z.object({
  mergeId: uuid,
  fromCustomerId: uuid,
  intoCustomerId: uuid,
  occurredAt: instant,
  orderId: uuid.nullable(),
});

/** GET /members/:customerId. Of a retired person: `mergedInto` names the one that lives on. Newest 100 purchases. */
export const memberDetail = memberRow.extend({
  mergedInto: uuid.nullable(),
  /** Today's rolling spend in whole currency units; null for a person who is no member. */
  growthValue: z.number().int().nullable(),
  statuses: z.array(statusPeriod),
  tiers: z.array(tierPeriod),
  purchases: z.array(memberPurchase),
  merges: z.array(memberMerge),
});
export type MemberDetail = z.infer<typeof memberDetail>;

/** GET /members/summary. */
export const memberSummary = z.object({
  persons: z.number().int(),
  members: z.number().int(),
  byTier: z.array(z.object({ tier, members: z.number().int() })),
  /** Refunds that wait for an order that has not arrived. */
  parkedRefunds: z.number().int(),
});

/** POST /members/:customerId/reveal. */
export const revealInput = z.strictObject({ reason: z.string().trim().min(5).max(200) });
export const revealedIdentities = z.object({
  identities: z.array(z.object({ type: identityType, value: z.string() })),
});
