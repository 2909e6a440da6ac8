import { Injectable } from '@nestjs/common';
import { ownReason, type PayoutInput } from '@concentric/contracts';
import {
  Audit,
  BrandDirectory,
  Clock,
  idIn,
  idInOrNull,
  idOut,
  idOutOrNull,
  int,
  newId,
  selectIn,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { sumMinor } from '@concentric/money';
import { refuseOwner } from '../partner/partner-owner.repository';
import { PayeeRepository } from '../payee/payee.repository';
import { StatementMoves } from '../statement/statement-moves.service';
import { checkerOfStatement, nothingPayable, statementsNotPayable } from './payout.errors';
import { MAY_BE_PAID } from './bank-line.repository';
import { hasChecked, plannedItems } from './payout-checker.repository';
import { plannedFor, PayoutRepository } from './payout.repository';

/** What is left over goes into the next batch. */
const MOST_ITEMS = 100_000;

interface Payable {
  statementId: string;
  partnerId: string;
  period: string;
  netMinor: number;
  taxMinor: number;
  checkedBy: string | null;
  secondCheckedBy: string | null;
}

const SELECT = `SELECT s.statement_id, s.partner_id, s.period_id, s.net_minor, s.tax_minor, s.approved_by, s.second_approved_by FROM statement s
  JOIN partner p ON p.partner_id = s.partner_id LEFT JOIN payout_block k ON k.partner_id = s.partner_id
 WHERE s.brand_id = ? AND s.state = 'PAYABLE' AND s.currency = ? AND k.partner_id IS NULL
   AND NOT EXISTS (SELECT h.halt_id FROM account_halt h JOIN ledger_account a ON a.account_id = h.account_id
                    WHERE h.brand_id = s.brand_id AND h.released_at IS NULL AND a.partner_id = s.partner_id)
   AND NOT ${MAY_BE_PAID}`;

/** Freezes payable statements of partners who are neither blocked nor halted, and that may not have been paid already, into a batch: each is in at most one (inv 36), with the payee details of this moment (inv 39). */
@Injectable()
export class PayoutPreparation {
  constructor(
    private readonly brands: BrandDirectory,
    private readonly payouts: PayoutRepository,
    private readonly payees: PayeeRepository,
    private readonly statements: StatementMoves,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the id of the new batch. Raises `statement_not_payable` when one of the named cannot be paid, `nothing_payable` when
   * nothing is left (409), `checker_of_statement` (403) when the caller approved one of them, `own_partner` (403) when one is of a partner of theirs.
   */
  async prepare(tx: Tx, brandId: string, input: PayoutInput, actor: Operator): Promise<string> {
    await this.brands.get(tx, brandId);
    const found = await this.payable(tx, brandId, input);
    const payees = await this.payees.approved(tx, [...new Set(found.map(({ partnerId }) => partnerId))].sort(), input.currency);
    const payable = found.filter(({ partnerId }) => payees.has(partnerId));
    if (payable.some(({ checkedBy, secondCheckedBy }) => checkedBy === actor.id || secondCheckedBy === actor.id))
      throw checkerOfStatement();
    const batchId = newId(this.clock);
    const reason = ownReason('in_payout', { payoutId: batchId });
    const moved = new Set(
      await this.statements.move(
        tx,
        brandId,
        'include',
        payable.map(({ statementId }) => statementId),
        { actorId: actor.id, reason },
      ),
    );
    const missing = (input.statementIds ?? []).filter((statementId) => !moved.has(statementId));
    if (missing.length > 0) throw statementsNotPayable(missing);
    const included = payable.filter(({ statementId }) => moved.has(statementId));
    if (included.length === 0) throw nothingPayable();
    await this.save(tx, brandId, batchId, input, included, payees, actor);
    // What the statements carry in was approved by somebody, too.
    if (await hasChecked(tx, plannedItems(batchId), actor.id)) throw checkerOfStatement();
    await refuseOwner(tx, actor, plannedFor(batchId));
    return batchId;
  }

  private async payable(tx: Tx, brandId: string, { currency, statementIds, filter }: PayoutInput): Promise<Payable[]> {
    const base = [idIn(brandId), currency];
    if (statementIds)
      return (
        await selectIn<Record<string, unknown>>(
          tx,
          `${SELECT} AND s.statement_id IN (?in) ORDER BY s.statement_id`,
          [...new Set(statementIds)].sort().map(idIn),
          base,
        )
      ).map(toPayable);
    const period = filter?.period === undefined ? '' : ' AND s.period_id = ?';
    const type = filter?.partnerType === undefined ? '' : ' AND p.type = ?';
    const params = [...base, ...[filter?.period, filter?.partnerType].filter((value) => value !== undefined)];
    const rows: Record<string, unknown>[] = await tx.query(`${SELECT}${period}${type} ORDER BY s.statement_id LIMIT ${MOST_ITEMS}`, params);
    return rows.map(toPayable);
  }

  private async save(
    tx: Tx,
    brandId: string,
    batchId: string,
    { currency, note }: PayoutInput,
    included: readonly Payable[],
    payees: ReadonlyMap<string, string>,
    actor: Operator,
  ): Promise<void> {
    const former = await this.former(tx, included);
    const formerPayees = await this.formerPayees(tx, [...payees.keys()], currency);
    const changed = (partnerId: string) => {
      const payeeId = formerPayees.get(partnerId);
      return payeeId === payees.get(partnerId) ? undefined : payeeId;
    };
    const items = included.map((one, index) => [
      idIn(newId(this.clock)),
      idIn(brandId),
      idIn(batchId),
      index + 1,
      idIn(one.statementId),
      idIn(one.partnerId),
      one.period,
      idIn(payees.get(one.partnerId)!),
      idInOrNull(changed(one.partnerId)),
      currency,
      one.netMinor,
      one.taxMinor,
      one.netMinor - one.taxMinor,
      'PLANNED',
      idInOrNull(former.get(one.statementId)),
      idIn(actor.id),
      idInOrNull(one.checkedBy),
      idInOrNull(one.secondCheckedBy),
      1,
    ]);
    const grossMinor = sumMinor(included.map(({ netMinor }) => netMinor));
    const taxMinor = sumMinor(included.map(({ taxMinor: tax }) => tax));
    const batch = [
      idIn(batchId),
      idIn(brandId),
      currency,
      note,
      'DRAFT',
      items.length,
      grossMinor,
      taxMinor,
      grossMinor - taxMinor,
      idIn(actor.id),
      this.clock.now(),
      1,
    ];
    await this.payouts.insert(tx, brandId, batch, items);
    await this.audit.record(tx, {
      actorId: actor.id,
      action: 'payout.prepared',
      entityType: 'payout',
      entityId: batchId,
      brandId,
      to: 'DRAFT',
      after: { currency, items: items.length, grossMinor, taxMinor },
    });
  }

  /** By which details partners were paid last, or are being paid where none of it has arrived: partner id → payee id. */
  private async formerPayees(tx: Tx, partnerIds: readonly string[], currency: string): Promise<Map<string, string>> {
    const rows = await selectIn<{ partner_id: Buffer; payee_id: Buffer }>(
      tx,
      `SELECT i.partner_id, i.payee_id FROM payout_item i JOIN (
         SELECT COALESCE(MAX(CASE WHEN state = 'PAID' THEN item_id END), MAX(item_id)) AS item_id FROM payout_item
          WHERE partner_id IN (?in) AND currency = ? AND state IN ('PAID', 'SENT', 'UNKNOWN') GROUP BY partner_id) f ON f.item_id = i.item_id`,
      partnerIds.map(idIn),
      [],
      [currency],
    );
    return new Map(rows.map((row) => [idOut(row.partner_id), idOut(row.payee_id)]));
  }

  /** The latest item of each statement that failed or came back: statement id → item id. */
  private async former(tx: Tx, included: readonly Payable[]): Promise<Map<string, string>> {
    const rows = await selectIn<{ statement_id: Buffer; item_id: Buffer }>(
      tx,
      "SELECT statement_id, MAX(item_id) AS item_id FROM payout_item WHERE statement_id IN (?in) AND state IN ('FAILED', 'RETURNED') GROUP BY statement_id",
      included.map(({ statementId }) => idIn(statementId)),
    );
    return new Map(rows.map((row) => [idOut(row.statement_id), idOut(row.item_id)]));
  }
}

function toPayable(row: Record<string, unknown>): Payable {
  return {
    statementId: idOut(row.statement_id as Buffer),
    partnerId: idOut(row.partner_id as Buffer),
    period: row.period_id as string,
    netMinor: int(row.net_minor),
    taxMinor: int(row.tax_minor),
    checkedBy: idOutOrNull(row.approved_by as Buffer | null),
    secondCheckedBy: idOutOrNull(row.second_approved_by as Buffer | null),
  };
}
