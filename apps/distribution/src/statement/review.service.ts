import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import {
  Audit,
  Database,
  execute,
  idIn,
  idOut,
  idOutOrNull,
  int,
  intOrNull,
  partnerScopeSql,
  selectIn,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { ownPartners } from '../partner/partner-owner.repository';
import { SettingService } from '../setting/setting.service';
import { SettlementService } from '../settlement/settlement.service';
import { transitions } from './lifecycle.rules';
import { needsAnother, refusal, type ReviewAction } from './review.rules';

interface Reviewed {
  statementId: string;
  period: string;
  partnerId: string;
  currency: string;
  state: string;
  fingerprint: string;
  submittedBy: string | null;
  approvedBy: string | null;
  voidProposedBy: string | null;
  openFindings: number | null;
  netMinor: number;
  version: number;
}

export interface ReviewResult {
  done: number;
  refused: { statementId: string; code: string; message: string }[];
}

/** Submitting, approving and sending back statements, one or many at a time. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly database: Database,
    private readonly settlement: SettlementService,
    private readonly settings: SettingService,
    private readonly audit: Audit,
  ) {}

  /** Does what is allowed and lists what is not; each statement is decided on once, whoever else tries at the same time. */
  async act(
    brandId: string,
    action: ReviewAction,
    items: readonly { statementId: string; fingerprint: string }[],
    actor: Operator,
    reason?: string,
  ): Promise<ReviewResult> {
    return this.database.transaction(async (tx) => {
      const found = await this.load(
        tx,
        brandId,
        items.map((item) => item.statementId),
        actor,
      );
      const rebuilt = action === 'approve' ? await this.rebuild(tx, brandId, [...found.values()]) : null;
      const unapproved = action === 'approve' ? await this.carriedUnapproved(tx, [...found.keys()]) : new Map<string, string>();
      const own = await ownPartners(tx, actor);
      const { secondApprovalAboveMinor } = await this.settings.of(tx, brandId);
      const result: ReviewResult = { done: 0, refused: [] };
      for (const item of inOrder(items, found)) {
        const statement = found.get(item.statementId);
        const refused = statement
          ? refusal(
              action,
              { ...statement, isOwn: own.has(statement.partnerId), carriesUnapproved: unapproved.has(item.statementId) },
              actor.id,
              item.fingerprint,
              rebuilt && (rebuilt.get(keyOf(statement)) ?? ''),
            )
          : { code: 'statement_not_found', message: 'There is no such statement.' };
        const to = refused ? null : await this.move(tx, brandId, statement!, action, actor, secondApprovalAboveMinor, reason);
        if (refused) result.refused.push({ statementId: item.statementId, ...refused });
        else if (to !== null) result.done += 1;
        else
          result.refused.push({ statementId: item.statementId, code: 'changed_meanwhile', message: 'Somebody else decided on it first.' });
        if (to === transitions.approve.to)
          for (const [later, earlier] of unapproved) if (earlier === item.statementId) unapproved.delete(later);
      }
      return result;
    });
  }

  /** Moves one, and returns its state now; null when somebody else was first. */
  private async move(
    tx: Tx,
    brandId: string,
    statement: Reviewed,
    action: ReviewAction,
    actor: Operator,
    secondApprovalAboveMinor: number | null,
    reason?: string,
  ): Promise<string | null> {
    const first = action === 'approve' && needsAnother(statement.netMinor, statement.approvedBy, secondApprovalAboveMinor);
    const { verb } = transitions[action];
    const to = first ? statement.state : transitions[action].to;
    const who = {
      submit: 'submitted_by = ?, rejected_reason = NULL',
      approve: statement.approvedBy === null ? 'approved_by = ?' : 'second_approved_by = ?',
      reject: 'submitted_by = NULL, approved_by = NULL, rejected_reason = ?',
    }[action];
    const moved = await execute(
      tx,
      `UPDATE statement SET state = ?, version = version + 1, ${who} WHERE statement_id = ? AND state = ? AND version = ?`,
      [to, action === 'reject' ? (reason ?? '') : idIn(actor.id), idIn(statement.statementId), statement.state, statement.version],
    );
    if (moved === 0) return null;
    await this.audit.record(tx, {
      actorId: actor.id,
      action: `statement.${verb}`,
      entityType: 'statement',
      entityId: statement.statementId,
      brandId,
      from: statement.state,
      to,
      reason: reason || ownReason('as_shown', { verb }),
      after: { fingerprint: statement.fingerprint },
    });
    return to;
  }

  private async load(tx: Tx, brandId: string, ids: readonly string[], actor: Operator): Promise<Map<string, Reviewed>> {
    const scope = partnerScopeSql(actor, 'partner_id');
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      `SELECT statement_id, brand_id, period_id, partner_id, currency, state, fingerprint, submitted_by, approved_by, void_proposed_by, open_findings, net_minor, version FROM statement WHERE statement_id IN (?in) AND ${scope.sql}`,
      ids.map(idIn),
      [],
      scope.params,
    );
    // The brand is compared here: a condition on it makes SQLite read all statements of the brand instead of these.
    const own = rows.filter((row) => idOut(row.brand_id as Buffer) === brandId);
    return new Map(
      own.map((row) => {
        const statementId = idOut(row.statement_id as Buffer);
        return [
          statementId,
          {
            statementId,
            period: row.period_id as string,
            partnerId: idOut(row.partner_id as Buffer),
            currency: row.currency as string,
            state: row.state as string,
            fingerprint: row.fingerprint as string,
            submittedBy: idOutOrNull(row.submitted_by as Buffer | null),
            approvedBy: idOutOrNull(row.approved_by as Buffer | null),
            voidProposedBy: idOutOrNull(row.void_proposed_by as Buffer | null),
            openFindings: intOrNull(row.open_findings),
            netMinor: int(row.net_minor),
            version: int(row.version),
          },
        ];
      }),
    );
  }

  /** Of these statements those that carry in the amount of an earlier one that nobody has approved, by whose id. */
  private async carriedUnapproved(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await selectIn<{ statement_id: Buffer; earlier_id: Buffer }>(
      tx,
      `SELECT s.statement_id, q.statement_id AS earlier_id FROM statement s
         JOIN statement q ON q.partner_id = s.partner_id AND q.period_id < s.period_id AND q.currency = s.currency
          AND q.outcome = 'carry' AND q.net_minor <> 0 AND q.state IN ('PARKED', 'DRAFT', 'IN_REVIEW')
        WHERE s.statement_id IN (?in) AND NOT EXISTS (SELECT 1 FROM statement b WHERE b.partner_id = s.partner_id AND b.currency = s.currency
          AND b.period_id > q.period_id AND b.period_id < s.period_id AND b.state <> 'VOID')`,
      ids.map(idIn),
    );
    return new Map(rows.map((row) => [idOut(row.statement_id), idOut(row.earlier_id)]));
  }

  /** The fingerprints that the books give now, by statement. */
  private async rebuild(tx: Tx, brandId: string, statements: readonly Reviewed[]): Promise<Map<string, string>> {
    const prints = new Map<string, string>();
    for (const period of new Set(statements.map((statement) => statement.period))) {
      const partnerIds = statements.filter((statement) => statement.period === period).map((statement) => statement.partnerId);
      for (const draft of await this.settlement.drafts(tx, brandId, period, partnerIds))
        prints.set(keyOf({ period, ...draft }), draft.figures.fingerprint);
    }
    return prints;
  }
}

function keyOf({ period, partnerId, currency }: { period: string; partnerId: string; currency: string }): string {
  return `${period}/${partnerId}/${currency}`;
}

/**
 * Earlier periods first, as later ones may carry them in; and always in one order, so that two who decide on many at once
 * never wait for each other in a circle (inv 25).
 */
function inOrder<Item extends { statementId: string }>(items: readonly Item[], found: ReadonlyMap<string, Reviewed>): Item[] {
  const key = ({ statementId }: Item) => `${found.get(statementId)?.period ?? ''}/${statementId}`;
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
