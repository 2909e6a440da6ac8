import { z } from 'zod';
import { listOf, listQuery } from '../list';
import { businessDate, code, currency, instant, minor, period, positiveMinor, uuid } from '../primitives';
import { partnerType } from './partner';

const reason = z.string().trim().min(1).max(500);

export const payoutState = z.enum(['DRAFT', 'SUBMITTED', 'APPROVED', 'FILE_READY', 'SENT', 'PART_SETTLED', 'SETTLED', 'CANCELLED']);
export type PayoutState = z.infer<typeof payoutState>;
export const payoutItemState = z.enum(['PLANNED', 'EJECTED', 'CANCELLED', 'SENT', 'UNKNOWN', 'PAID', 'FAILED', 'RETURNED']);
export type PayoutItemState = z.infer<typeof payoutItemState>;

/** Statements to be paid: those named, or every payable one that the filter matches and whose partner can be paid. */
export const payoutInput = z
  .strictObject({
    currency,
    statementIds: z.array(uuid).min(1).max(5000).optional(),
    filter: z.strictObject({ period: period.optional(), partnerType: partnerType.optional() }).optional(),
    note: z.string().trim().max(500).default(''),
  })
  .refine(({ statementIds, filter }) => statementIds === undefined || filter === undefined, {
    path: ['filter'],
    message: 'name statements or give a filter, not both',
  });
export type PayoutInput = z.output<typeof payoutInput>;

/** `version` is that of the batch as it was seen: what has changed since is not acted on. */
export const payoutAction = z.strictObject({ version: z.number().int().min(1), reason: reason.optional() });
export const payoutActionWithReason = payoutAction.extend({ reason });
export const payoutCancelDecision = payoutActionWithReason.extend({ approve: z.boolean() });

export const payoutRow = z.object({
  id: uuid,
  currency,
  note: z.string(),
  state: payoutState,
  /** Live items only: those ejected no longer count. */
  items: z.number().int(),
  grossMinor: positiveMinor,
  taxMinor: positiveMinor,
  amountMinor: positiveMinor,
  preparedBy: uuid,
  preparedAt: instant,
  submittedBy: uuid.nullable(),
  approvedBy: uuid.nullable(),
  secondApprovedBy: uuid.nullable(),
  /** The first approval is given, another one is needed. */
  awaitsSecondApproval: z.boolean(),
  approvedAt: instant.nullable(),
  rejectedReason: z.string().nullable(),
  releasedBy: uuid.nullable(),
  releasedAt: instant.nullable(),
  cancelProposedBy: uuid.nullable(),
  cancelReason: z.string().nullable(),
  /** SHA-256 of the files, hex; null before FILE_READY. */
  csvHash: z.string().nullable(),
  pain001Hash: z.string().nullable(),
  version: z.number().int(),
});
export const payoutList = listOf(payoutRow);
export const payoutQuery = listQuery.extend({ state: payoutState.optional(), currency: currency.optional() });
/** A batch with its items by state. */
export const payoutDetail = payoutRow.extend({
  byState: z.array(z.object({ state: payoutItemState, items: z.number().int(), amountMinor: minor })),
  /** Live items whose partner is paid to other details than before: see `formerAccount` of the items. */
  payeeChanged: z.number().int(),
});

export const payoutItemRow = z.object({
  id: uuid,
  payoutId: uuid,
  payoutState,
  statementId: uuid,
  period,
  partnerId: uuid,
  partnerCode: code,
  partnerName: z.string(),
  /** Masked; of its own items only, for a partner: null on those of partners below it. */
  holder: z.string().nullable(),
  account: z.string().nullable(),
  /** The account by which the partner was paid last, masked, when its details were others; null: the same ones, or never paid before. */
  formerAccount: z.string().nullable(),
  currency,
  grossMinor: positiveMinor,
  taxMinor: positiveMinor,
  amountMinor: positiveMinor,
  state: payoutItemState,
  /** The item of the same statement that failed or came back before. */
  replacesId: uuid.nullable(),
  bankRef: z.string().nullable(),
  bookedOn: businessDate.nullable(),
  /** What the bank gave as its reason, or the evidence by which the treasury ended a doubt; the latter is not for partners. */
  outcomeReason: z.string().nullable(),
  /** Of an unknown one: what is proposed, by whom, and the evidence. */
  resolveTo: z.enum(['PAID', 'FAILED']).nullable(),
  resolveProposedBy: uuid.nullable(),
  resolveEvidence: z.string().nullable(),
  version: z.number().int(),
});
export const payoutItemList = listOf(payoutItemRow);
/**
 * What an item asks the treasury for: to be paid again (it failed or came back, and no other has taken its place), what became
 * of it (the bank left it open), or a decision on what was proposed about that.
 */
export const payoutItemWait = z.enum(['payment', 'outcome', 'decision']);
export const payoutItemQuery = listQuery.extend({
  payoutId: uuid.optional(),
  statementId: uuid.optional(),
  partnerId: uuid.optional(),
  state: payoutItemState.optional(),
  waitsFor: payoutItemWait.optional(),
  /** To other details than the partner was paid by last, or to the same ones. */
  payeeChanged: z.enum(['true', 'false']).optional(),
});
export const payoutFileQuery = z.object({ format: z.enum(['csv', 'pain001']) });

/** What became of an unknown item, with the evidence that the bank gave. */
export const payoutResolution = z.strictObject({ outcome: z.enum(['PAID', 'FAILED']), evidence: z.string().trim().min(5).max(500) });
/** `version` is that of the item as it was seen, with what is proposed. */
export const payoutResolutionDecision = z.strictObject({ version: z.number().int().min(1), approve: z.boolean(), reason });

export const bankStatus = z.enum(['PAID', 'FAILED', 'RETURNED', 'PENDING']);
export const bankMatch = z.enum(['matched', 'unmatched', 'duplicate', 'conflict']);
/**
 * `NOTED`: nothing to book; `WAITING`: for a treasury checker; `REFUSED`: the checker did not believe it; `CLOSED`: it matched
 * nothing or was in conflict, and a treasury checker has said what came of that.
 */
export const bankLineState = z.enum(['BOOKED', 'WAITING', 'REFUSED', 'NOTED', 'CLOSED']);
/** Columns of a file of bank results, as PAYOUTS.md of the distribution service describes them. */
export const bankColumns = ['item', 'status', 'bank_ref', 'amount', 'amount_minor', 'booked_on', 'reason'] as const;
export const bankFileRow = z.object({
  id: uuid,
  sha256: z.string(),
  lines: z.number().int(),
  matched: z.number().int(),
  unmatched: z.number().int(),
  duplicate: z.number().int(),
  conflict: z.number().int(),
  /** Matched lines that wait for a treasury checker. */
  waiting: z.number().int(),
  importedBy: uuid,
  importedAt: instant,
  /** The same bytes had been imported before: nothing was done. */
  repeated: z.boolean(),
});
export const bankFileList = listOf(bankFileRow);
export const bankLineRow = z.object({
  id: uuid,
  fileId: uuid,
  lineNo: z.number().int(),
  /** As the bank wrote it. */
  item: z.string(),
  itemId: uuid.nullable(),
  payoutId: uuid.nullable(),
  statementId: uuid.nullable(),
  partnerId: uuid.nullable(),
  partnerCode: code.nullable(),
  status: z.string(),
  bankRef: z.string(),
  /** Null where it cannot be told: of what matches nothing not even the currency is known. */
  amountMinor: minor.nullable(),
  /** As the bank wrote it; minor units with the name of their column. */
  amountText: z.string(),
  bookedOn: z.string(),
  reason: z.string(),
  match: bankMatch,
  why: z.string(),
  state: bankLineState,
  decidedBy: uuid.nullable(),
  decisionReason: z.string().nullable(),
});
export const bankLineList = listOf(bankLineRow);
export const bankLineQuery = listQuery.extend({
  fileId: uuid.optional(),
  match: bankMatch.optional(),
  state: bankLineState.optional(),
  statementId: uuid.optional(),
  itemId: uuid.optional(),
  payoutId: uuid.optional(),
});
export const bankLineDecision = z.strictObject({ approve: z.boolean(), reason });
export const bankLineClosing = z.strictObject({ reason });
