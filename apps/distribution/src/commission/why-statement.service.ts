import { Injectable } from '@nestjs/common';
import { Database, idIn, idOut, int, iso, type Operator, type Tx } from '@concentric/service-kit';
import { sumMinor } from '@concentric/money';
import type { statementFigure, whyLineQuery, whyStatement } from '@concentric/contracts';
import type { z } from 'zod';
import { accountIdOf } from '../ledger/ledger.repository';
import { isShownTo } from '../statement/published.rules';
import { StatementListRepository, type StatementRow } from '../statement/statement-list.repository';
import { WithholdingRepository } from '../withholding/withholding.repository';
import { ruleInForce } from '../withholding/withholding.rules';
import { adjustmentsFor, WhyDocumentRepository } from './why-document.repository';
import { WhyLineRepository, type Movement } from './why-line.repository';
import { WhyPayoutRepository } from './why-payout.repository';

type Why = z.infer<typeof whyStatement>;
type Part = Why['parts'][number];

/** Explains a statement: each of its figures by the documents that it is the sum of (inv 42). */
@Injectable()
export class WhyStatementService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementListRepository,
    private readonly lines: WhyLineRepository,
    private readonly documents: WhyDocumentRepository,
    private readonly payouts: WhyPayoutRepository,
    private readonly withholding: WithholdingRepository,
  ) {}

  /** Raises `statement_not_found` (404), also for statements of partners that are not the operator's. */
  async explain(brandId: string, statementId: string, operator: Operator): Promise<Why> {
    const statement = await this.statements.find(brandId, statementId, operator);
    return this.database.read(async (tx) => {
      const movement = movementOf(brandId, statement);
      const { partnerId, currency, period } = statement;
      const carried = await this.carriedFrom(tx, movement);
      const adjustments = await this.documents.adjustmentsOfPeriod(tx, partnerId, currency, period);
      const movements = await this.movements(tx, movement);
      const amounts = (kind: 'adjust' | 'write-off') => adjustments.filter((one) => one.kind === kind).map((one) => one.amountMinor);
      const moved = (isTax: boolean) => movements.filter((one) => (one.kind === 'withhold') === isTax).map((one) => one.amountMinor);
      return {
        statement,
        parts: [
          part(
            'carriedIn',
            statement.carriedInMinor,
            carried.map(({ netMinor }) => netMinor),
          ),
          { figure: 'earned', figureMinor: statement.earnedMinor, ...(await this.lines.sum(tx, movement, 'earned')) },
          { figure: 'reversed', figureMinor: statement.reversedMinor, ...(await this.lines.sum(tx, movement, 'reversed')) },
          part('adjusted', statement.adjustedMinor, amounts('adjust')),
          part('writtenOff', statement.writtenOffMinor, amounts('write-off')),
          part('withheld', statement.withheldMinor, moved(true)),
          part('paid', statement.paidMinor, moved(false)),
        ],
        carriedFrom: carried.filter(({ state }) => isShownTo(operator, state)),
        adjustments: adjustmentsFor(operator, adjustments),
        movements,
        taxRule: await this.taxRule(tx, brandId, statement),
        payouts: await this.payouts.of(tx, [statementId], operator),
      };
    });
  }

  async linesOf(brandId: string, statementId: string, query: z.output<typeof whyLineQuery>, operator: Operator) {
    const statement = await this.statements.find(brandId, statementId, operator);
    return this.database.read((tx) => this.lines.page(tx, movementOf(brandId, statement), query));
  }

  /** The statement before, when it paid nothing, and those of a blocked partner that were to be paid; oldest first. */
  private async carriedFrom(tx: Tx, { brandId, partnerId, currency, period }: Movement): Promise<Why['carriedFrom']> {
    const rows: Record<string, unknown>[] = await tx.query(
      "SELECT statement_id, period_id, state, net_minor, outcome, carried_into FROM statement WHERE partner_id = ? AND period_id < ? AND brand_id = ? AND currency = ? AND state <> 'VOID' ORDER BY period_id",
      [idIn(partnerId), period, idIn(brandId), currency],
    );
    return rows
      .filter((row, index) => row.carried_into === period || (index === rows.length - 1 && row.outcome === 'carry'))
      .map((row) => ({
        id: idOut(row.statement_id as Buffer),
        period: row.period_id as string,
        state: row.state as StatementRow['state'],
        netMinor: int(row.net_minor),
        wasBlocked: row.carried_into !== null,
      }));
  }

  /** No rule may begin before the open period once that is open, so what is in force at the end of a closed one stays. */
  private async taxRule(tx: Tx, brandId: string, { partnerType, currency, period }: StatementRow): Promise<Why['taxRule']> {
    // Dates compare as text, and no month ends later than this.
    const rule = ruleInForce(await this.withholding.approved(tx, brandId), partnerType, currency, `${period}-31`);
    if (!rule) return null;
    const { validFrom, exemptMinor, deductMinor, ratePpm } = rule;
    return { validFrom, exemptMinor, deductMinor, ratePpm };
  }

  /** What payouts did to the account in the period, each named by its item. */
  private async movements(tx: Tx, { brandId, partnerId, currency, period }: Movement): Promise<Why['movements']> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT t.txn_id, t.kind, t.effective_at, e.amount_minor, i.item_id, i.batch_id, i.statement_id FROM ledger_entry e
         JOIN ledger_txn t ON t.txn_id = e.txn_id JOIN payout_item i ON i.item_id = t.ref_id
        WHERE e.account_id = ? AND e.currency = ? AND e.period_id = ? AND e.kind IN ('payout', 'withhold', 'bank-failed', 'bank-return') ORDER BY t.txn_id`,
      [idIn(accountIdOf(brandId, partnerId, 'payable', currency)), currency, period],
    );
    return rows.map((row) => ({
      txnId: idOut(row.txn_id as Buffer),
      kind: row.kind as string,
      effectiveAt: iso(row.effective_at),
      itemId: idOut(row.item_id as Buffer),
      payoutId: idOut(row.batch_id as Buffer),
      statementId: idOut(row.statement_id as Buffer),
      amountMinor: int(row.amount_minor),
    }));
  }
}

function movementOf(brandId: string, { partnerId, currency, period }: StatementRow): Movement {
  return { brandId, partnerId, currency, period };
}

function part(figure: z.infer<typeof statementFigure>, figureMinor: number, amounts: readonly number[]): Part {
  return { figure, figureMinor, documentsMinor: sumMinor(amounts), documents: amounts.length };
}
