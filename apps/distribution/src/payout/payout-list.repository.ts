import { Injectable } from '@nestjs/common';
import {
  Database,
  KeysetList,
  idIn,
  idOut,
  idOutOrNull,
  int,
  intOrNull,
  partnerScopeSql,
  iso,
  isoOrNull,
  type ListQuery,
  type Operator,
  type SqlFragment,
} from '@concentric/service-kit';
import type {
  bankFileRow,
  bankLineQuery,
  bankLineRow,
  payoutDetail,
  payoutItemQuery,
  payoutItemRow,
  payoutQuery,
  payoutRow,
} from '@concentric/contracts';
import type { z } from 'zod';
import { seesWholeBrand } from '../statement/published.rules';
import { unknownPayout } from './payout.errors';

type PayoutRow = z.infer<typeof payoutRow>;
type ItemRow = z.infer<typeof payoutItemRow>;
type FileRow = Omit<z.infer<typeof bankFileRow>, 'repeated'>;
type LineRow = z.infer<typeof bankLineRow>;

const payouts = new KeysetList<PayoutRow>({
  select: 'SELECT b.* FROM payout_batch b',
  sorts: { preparedAt: { column: 'b.prepared_at', type: 'int', notNull: true } },
  defaultSort: '-preparedAt',
  key: 'b.batch_id',
  row: toPayout,
});

const items = new KeysetList<ItemRow>({
  select: `SELECT i.item_id, i.batch_id, b.state AS batch_state, i.statement_id, i.period_id, i.partner_id, p.code, p.name, y.holder_masked, y.account_masked, f.account_masked AS former_masked, i.currency, i.gross_minor, i.tax_minor,
                  i.amount_minor, i.state, i.replaces_id, i.bank_ref, i.booked_on, i.outcome_reason, i.resolve_to, i.resolve_proposed_by, i.resolve_evidence, i.version
             FROM payout_item i LEFT JOIN payout_batch b ON b.batch_id = i.batch_id LEFT JOIN partner p ON p.partner_id = i.partner_id LEFT JOIN payee y ON y.payee_id = i.payee_id
             LEFT JOIN payee f ON f.payee_id = i.former_payee_id`,
  sorts: { id: { column: 'i.item_id', type: 'id', notNull: true }, amountMinor: { column: 'i.amount_minor', type: 'int', notNull: true } },
  defaultSort: 'id',
  key: 'i.item_id',
  row: toItem,
});

const files = new KeysetList<FileRow>({
  select: `SELECT f.file_id, f.sha256, f.lines, f.matched_lines, f.unmatched_lines, f.duplicate_lines, f.conflict_lines, f.imported_by, f.imported_at,
                  (SELECT COUNT(*) FROM bank_line l WHERE l.brand_id = f.brand_id AND l.state = 'WAITING' AND l.file_id = f.file_id) AS waiting_lines FROM bank_file f`,
  sorts: { importedAt: { column: 'f.imported_at', type: 'int', notNull: true } },
  defaultSort: '-importedAt',
  key: 'f.file_id',
  row: toFile,
});

const lines = new KeysetList<LineRow>({
  select: `SELECT l.line_id, l.file_id, l.line_no, l.item_text, l.item_id, i.batch_id, i.statement_id, i.partner_id, p.code, l.status, l.bank_ref, l.amount_minor, l.amount_text, l.booked_on, l.reason, l.match_kind, l.why, l.state,
                  l.decided_by, l.decision_reason FROM bank_line l LEFT JOIN payout_item i ON i.item_id = l.item_id LEFT JOIN partner p ON p.partner_id = i.partner_id`,
  sorts: { id: { column: 'l.line_id', type: 'id', notNull: true } },
  defaultSort: '-id',
  key: 'l.line_id',
  row: toLine,
});

/** What an item waits for. A later one of its statement has taken its place, unless that was taken out before it was sent. */
const WAITS = {
  payment: `i.state IN ('FAILED', 'RETURNED') AND NOT EXISTS (SELECT 1 FROM payout_item r WHERE r.statement_id = i.statement_id
             AND r.item_id > i.item_id AND r.state NOT IN ('EJECTED', 'CANCELLED'))`,
  outcome: "i.state = 'UNKNOWN' AND i.resolve_to IS NULL",
  decision: "i.state = 'UNKNOWN' AND i.resolve_to IS NOT NULL",
} as const;

/** Lists of payouts. Batches and what the bank said are the brand's; of items an operator sees those of its partners. */
@Injectable()
export class PayoutListRepository {
  constructor(private readonly database: Database) {}

  batches(brandId: string, query: z.output<typeof payoutQuery>, operator: Operator) {
    const where = [
      { sql: 'b.brand_id = ?', params: [idIn(brandId)] },
      wholeBrand(operator),
      ...equal({ 'b.state': query.state, 'b.currency': query.currency }),
    ];
    return this.database.read((tx) => payouts.page(tx, { query: query as ListQuery, where }));
  }

  async batch(brandId: string, batchId: string, operator: Operator): Promise<z.infer<typeof payoutDetail>> {
    return this.database.read(async (tx) => {
      const where = [{ sql: 'b.brand_id = ? AND b.batch_id = ?', params: [idIn(brandId), idIn(batchId)] }, wholeBrand(operator)];
      const { data } = await payouts.page(tx, { query: { limit: 1 }, where });
      if (!data[0]) throw unknownPayout(batchId);
      const states: { state: ItemRow['state']; n: unknown; amount: unknown }[] = await tx.query(
        'SELECT state, COUNT(*) AS n, SUM(amount_minor) AS amount FROM payout_item WHERE batch_id = ? GROUP BY state ORDER BY state',
        [idIn(batchId)],
      );
      const changed: { n: unknown }[] = await tx.query(
        "SELECT COUNT(*) AS n FROM payout_item WHERE batch_id = ? AND former_payee_id IS NOT NULL AND state NOT IN ('EJECTED', 'CANCELLED')",
        [idIn(batchId)],
      );
      return {
        ...data[0],
        payeeChanged: int(changed[0]!.n),
        byState: states.map(({ state, n, amount }) => ({ state, items: int(n), amountMinor: int(amount) })),
      };
    });
  }

  items(brandId: string, query: z.output<typeof payoutItemQuery>, operator: Operator) {
    const where = [
      { sql: 'i.brand_id = ?', params: [idIn(brandId)] },
      partnerScopeSql(operator, 'i.partner_id'),
      ...equalIds({ 'i.batch_id': query.payoutId, 'i.statement_id': query.statementId, 'i.partner_id': query.partnerId }),
      ...equal({ 'i.state': query.state }),
      ...(query.waitsFor === undefined || !seesWholeBrand(operator) ? [] : [{ sql: WAITS[query.waitsFor], params: [] }]),
      ...(query.payeeChanged === undefined || !seesWholeBrand(operator)
        ? []
        : [{ sql: `i.former_payee_id IS ${query.payeeChanged === 'true' ? 'NOT ' : ''}NULL`, params: [] }]),
    ];
    return this.database.read(async (tx) => {
      const page = await items.page(tx, { query: query as ListQuery, where });
      return seesWholeBrand(operator) ? page : { ...page, data: page.data.map((row) => toPartner(row, operator)) };
    });
  }

  bankFiles(brandId: string, query: ListQuery, operator: Operator) {
    const where = [{ sql: 'f.brand_id = ?', params: [idIn(brandId)] }, wholeBrand(operator)];
    return this.database.read(async (tx) => {
      const page = await files.page(tx, { query, where });
      return { ...page, data: page.data.map((row) => ({ ...row, repeated: false })) };
    });
  }

  async bankFile(brandId: string, fileId: string): Promise<FileRow> {
    const { data } = await this.database.read((tx) =>
      files.page(tx, { query: { limit: 1 }, where: [{ sql: 'f.brand_id = ? AND f.file_id = ?', params: [idIn(brandId), idIn(fileId)] }] }),
    );
    return data[0]!;
  }

  bankLines(brandId: string, query: z.output<typeof bankLineQuery>, operator: Operator) {
    const where = [
      { sql: 'l.brand_id = ?', params: [idIn(brandId)] },
      wholeBrand(operator),
      ...equalIds({
        'l.file_id': query.fileId,
        'l.item_id': query.itemId,
        'i.statement_id': query.statementId,
        'i.batch_id': query.payoutId,
      }),
      ...equal({ 'l.match_kind': query.match, 'l.state': query.state }),
    ];
    return this.database.read((tx) => lines.page(tx, { query: query as ListQuery, where }));
  }
}

/**
 * A partner sees how it is paid, not what the treasury looks into and believes about it; and of partners below it that they
 * are paid, not by which details: those it cannot list either.
 */
function toPartner(row: ItemRow, { scope }: Operator): ItemRow {
  const isOwn = scope.kind === 'partner' && scope.partnerId === row.partnerId;
  // Where somebody gave evidence, the reason may be that evidence; of what came back it is the bank's again.
  const isEvidence = row.resolveEvidence !== null && row.state !== 'RETURNED';
  return {
    ...row,
    ...(isOwn ? {} : { holder: null, account: null }),
    ...(isEvidence ? { outcomeReason: null } : {}),
    formerAccount: null,
    resolveTo: null,
    resolveProposedBy: null,
    resolveEvidence: null,
  };
}

function wholeBrand(operator: Operator): SqlFragment {
  return { sql: seesWholeBrand(operator) ? '1 = 1' : '1 = 0', params: [] };
}

function equal(conditions: Readonly<Record<string, unknown>>): SqlFragment[] {
  return Object.entries(conditions).flatMap(([column, value]) => (value === undefined ? [] : [{ sql: `${column} = ?`, params: [value] }]));
}

function equalIds(conditions: Readonly<Record<string, string | undefined>>): SqlFragment[] {
  return equal(Object.fromEntries(Object.entries(conditions).map(([column, id]) => [column, id === undefined ? undefined : idIn(id)])));
}

const id = (value: unknown) => idOut(value as Buffer);
const idOrNull = (value: unknown) => idOutOrNull(value as Buffer | null);
const text = (value: unknown) => (value as string | null) ?? null;

function toPayout(raw: Record<string, unknown>): PayoutRow {
  const [approvedBy, state] = [idOrNull(raw.approved_by), raw.state as PayoutRow['state']];
  return {
    id: id(raw.batch_id),
    currency: raw.currency as string,
    note: raw.note as string,
    state,
    items: int(raw.items),
    grossMinor: int(raw.gross_minor),
    taxMinor: int(raw.tax_minor),
    amountMinor: int(raw.amount_minor),
    preparedBy: id(raw.prepared_by),
    preparedAt: iso(raw.prepared_at),
    submittedBy: idOrNull(raw.submitted_by),
    approvedBy,
    secondApprovedBy: idOrNull(raw.second_approved_by),
    awaitsSecondApproval: state === 'SUBMITTED' && approvedBy !== null,
    approvedAt: isoOrNull(raw.approved_at),
    rejectedReason: text(raw.rejected_reason),
    releasedBy: idOrNull(raw.released_by),
    releasedAt: isoOrNull(raw.released_at),
    cancelProposedBy: idOrNull(raw.cancel_proposed_by),
    cancelReason: text(raw.cancel_reason),
    csvHash: text(raw.csv_hash),
    pain001Hash: text(raw.pain001_hash),
    version: int(raw.version),
  };
}

function toItem(raw: Record<string, unknown>): ItemRow {
  return {
    id: id(raw.item_id),
    payoutId: id(raw.batch_id),
    payoutState: raw.batch_state as ItemRow['payoutState'],
    statementId: id(raw.statement_id),
    period: raw.period_id as string,
    partnerId: id(raw.partner_id),
    partnerCode: raw.code as string,
    partnerName: raw.name as string,
    holder: raw.holder_masked as string,
    account: raw.account_masked as string,
    formerAccount: text(raw.former_masked),
    currency: raw.currency as string,
    grossMinor: int(raw.gross_minor),
    taxMinor: int(raw.tax_minor),
    amountMinor: int(raw.amount_minor),
    state: raw.state as ItemRow['state'],
    replacesId: idOrNull(raw.replaces_id),
    bankRef: text(raw.bank_ref),
    bookedOn: text(raw.booked_on),
    outcomeReason: text(raw.outcome_reason),
    resolveTo: raw.resolve_to as ItemRow['resolveTo'],
    resolveProposedBy: idOrNull(raw.resolve_proposed_by),
    resolveEvidence: text(raw.resolve_evidence),
    version: int(raw.version),
  };
}

function toFile(raw: Record<string, unknown>): FileRow {
  return {
    id: id(raw.file_id),
    sha256: raw.sha256 as string,
    lines: int(raw.lines),
    matched: int(raw.matched_lines),
    unmatched: int(raw.unmatched_lines),
    duplicate: int(raw.duplicate_lines),
    conflict: int(raw.conflict_lines),
    waiting: int(raw.waiting_lines),
    importedBy: id(raw.imported_by),
    importedAt: iso(raw.imported_at),
  };
}

function toLine(raw: Record<string, unknown>): LineRow {
  return {
    id: id(raw.line_id),
    fileId: id(raw.file_id),
    lineNo: int(raw.line_no),
    item: raw.item_text as string,
    itemId: idOrNull(raw.item_id),
    payoutId: idOrNull(raw.batch_id),
    statementId: idOrNull(raw.statement_id),
    partnerId: idOrNull(raw.partner_id),
    partnerCode: text(raw.code),
    status: raw.status as string,
    bankRef: raw.bank_ref as string,
    amountMinor: intOrNull(raw.amount_minor),
    amountText: raw.amount_text as string,
    bookedOn: raw.booked_on as string,
    reason: raw.reason as string,
    match: raw.match_kind as LineRow['match'],
    why: raw.why as string,
    state: raw.state as LineRow['state'],
    decidedBy: idOrNull(raw.decided_by),
    decisionReason: text(raw.decision_reason),
  };
}
