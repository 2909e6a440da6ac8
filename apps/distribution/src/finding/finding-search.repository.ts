import { Injectable } from '@nestjs/common';
import { grouped, idIn, idOut, int, selectIn, type Tx } from '@concentric/service-kit';
import { sumMinor } from '@concentric/money';
import type { FindingThresholds } from '@concentric/contracts';
import { MergeRepository } from '../binding/merge.repository';
import type { AccountType } from '../ledger/posting.rules';
import type { Examined, Found } from './finding.rules';

const HOUR_MS = 3_600_000;
const MILLION = 1_000_000;
/** Orders are looked at for this long before the month in which they matured; older ones are nobody's fresh binding. */
const LOOK_BACK_YEARS = 1;

/** Reversals of a period on some accounts of partners. */
const REVERSALS = `FROM ledger_entry e JOIN commission_line r ON r.line_id = e.line_id
          AND e.account_id IN (?in) AND e.currency = ? AND e.period_id = ? AND e.kind = 'reverse'`;

/** Statements of one period, by the id that rows come back with. */
type Batch = ReadonlyMap<string, Examined>;
type Row = Record<string, unknown>;

/** An account of the partner of a statement. */
interface Account {
  accountId: Buffer;
  type: AccountType;
  statement: Examined;
}

/**
 * Looks for what reviewers should see, in a batch of statements of one period at a time; every query begins at those statements.
 * Other statements are found by their partner alone, who is of one brand: a condition on that would let the database take
 * every statement of the brand while it does not know yet how many there are.
 */
@Injectable()
export class FindingSearch {
  constructor(private readonly merges: MergeRepository) {}

  async of(tx: Tx, brandId: string, period: string, examined: readonly Examined[], thresholds: FindingThresholds): Promise<Found[]> {
    const batch: Batch = new Map(examined.map((statement) => [statement.statementId, statement]));
    const accounts = await this.accounts(tx, brandId, examined);
    return [
      ...(await this.jumps(tx, batch, thresholds)),
      ...(await this.selfPurchases(tx, period, batch)),
      ...(await this.refundsAfterPayout(tx, period, accounts)),
      ...(await this.manyRefunds(tx, period, accounts, thresholds)),
      ...(await this.freshBindings(tx, period, batch, thresholds)),
      ...(await this.payeeChanges(tx, batch)),
    ];
  }

  /** What is owed to the partners, and what waits to be. */
  private async accounts(tx: Tx, brandId: string, examined: readonly Examined[]): Promise<Account[]> {
    const rows = await selectIn<Row>(
      tx,
      "SELECT account_id, partner_id, type, currency FROM ledger_account WHERE brand_id = ? AND type IN ('pending', 'payable') AND partner_id IN (?in)",
      [...new Set(examined.map(({ partnerId }) => partnerId))].map(idIn),
      [idIn(brandId)],
    );
    const statements = new Map(examined.map((statement) => [`${statement.partnerId}/${statement.currency}`, statement]));
    return rows.flatMap((row) => {
      const statement = statements.get(`${id(row.partner_id)}/${row.currency as string}`);
      return statement ? [{ accountId: row.account_id as Buffer, type: row.type as AccountType, statement }] : [];
    });
  }

  /** Earned much more than in up to three statements before. */
  private async jumps(tx: Tx, batch: Batch, { jumpFactor, jumpAboveMinor }: FindingThresholds): Promise<Found[]> {
    const rows = await of(
      tx,
      `SELECT s.statement_id, s.earned_minor - s.reversed_minor AS earned, SUM(q.earned_minor - q.reversed_minor) AS total, COUNT(*) AS n
         FROM statement s JOIN statement q ON q.partner_id = s.partner_id AND q.period_id < s.period_id AND q.currency = s.currency AND q.state <> 'VOID'
        WHERE s.statement_id IN (?in) AND s.earned_minor - s.reversed_minor > ?
          AND (SELECT COUNT(*) FROM statement b WHERE b.partner_id = q.partner_id AND b.period_id > q.period_id AND b.period_id < s.period_id AND b.currency = q.currency AND b.state <> 'VOID') < 3
        GROUP BY s.statement_id, s.earned_minor, s.reversed_minor HAVING (s.earned_minor - s.reversed_minor) * COUNT(*) > ? * SUM(q.earned_minor - q.reversed_minor)`,
      batch,
      [jumpAboveMinor, jumpFactor],
    );
    return rows.map((row) =>
      found(batch, row, 'jump', {
        earnedMinor: int(row.earned),
        meanMinor: Math.trunc(int(row.total) / int(row.n)),
        statements: int(row.n),
      }),
    );
  }

  /** Earned by purchases of the person that the partner is. Orders keep the person they were placed by, whoever it lives on as. */
  private async selfPurchases(tx: Tx, period: string, batch: Batch): Promise<Found[]> {
    const registered = await of(
      tx,
      'SELECT s.statement_id, y.customer_id FROM statement s JOIN partner_person y ON y.partner_id = s.partner_id WHERE s.statement_id IN (?in)',
      batch,
    );
    const persons = await this.merges.everyIdOf(tx, [...new Set(registered.map((row) => id(row.customer_id)))]);
    const rows = await selectIn<Row>(
      tx,
      `SELECT p.customer_id, c.partner_id, x.currency, COUNT(*) AS n, SUM(x.matured_minor) AS amount FROM purchase p
         JOIN commission_line c ON c.order_id = p.order_id AND c.kind = 'EARN' JOIN partner_person y ON y.partner_id = c.partner_id
         JOIN commission_state x ON x.line_id = c.line_id AND x.matured_period = ? WHERE p.customer_id IN (?in) GROUP BY p.customer_id, c.partner_id, x.currency`,
      [...persons.keys()].map(idIn),
      [period],
    );
    const earned = grouped(rows, (row) => `${id(row.partner_id)}/${row.currency as string}/${persons.get(id(row.customer_id))!}`);
    return registered.flatMap((row) => {
      const { partnerId, currency } = batch.get(id(row.statement_id))!;
      const customerId = id(row.customer_id);
      const own = earned.get(`${partnerId}/${currency}/${persons.get(customerId)!}`);
      if (!own) return [];
      const lines = own.reduce((sum, one) => sum + int(one.n), 0);
      return [found(batch, row, 'self_purchase', { customerId, lines, amountMinor: sumMinor(own.map((one) => int(one.amount))) })];
    });
  }

  /** Taken back from what is being paid or has been. What a month only carried was paid with the first later one that paid. */
  private async refundsAfterPayout(tx: Tx, period: string, accounts: readonly Account[]): Promise<Found[]> {
    const rows = await reversals(
      tx,
      period,
      accounts.filter(({ type }) => type === 'payable'),
      `SELECT e.account_id, COUNT(DISTINCT r.reverses_id) AS n, SUM(e.amount_minor) AS amount, MIN(q.statement_id) AS paid_id ${REVERSALS}
         JOIN commission_state x ON x.line_id = r.reverses_id
         JOIN statement q ON q.partner_id = r.partner_id AND q.currency = e.currency AND q.state IN ('IN_PAYOUT', 'PAID')
          AND q.period_id = (SELECT MIN(f.period_id) FROM statement f WHERE f.partner_id = r.partner_id AND f.currency = e.currency
                AND f.period_id >= x.matured_period AND f.outcome = 'pay' AND f.state NOT IN ('VOID', 'CARRIED'))
        GROUP BY e.account_id`,
    );
    return rows.map(({ statement, row }) => ({
      statement,
      code: 'refund_after_payout',
      figures: { statementId: id(row.paid_id), lines: int(row.n), amountMinor: int(row.amount) },
    }));
  }

  /** A guide of whose sales many are given back: of what waits to mature and of what is owed, each line once. */
  private async manyRefunds(
    tx: Tx,
    period: string,
    accounts: readonly Account[],
    { refundedLinesAtLeast, refundedSharePpm }: FindingThresholds,
  ): Promise<Found[]> {
    const rows = await reversals(
      tx,
      period,
      accounts.filter(({ statement }) => statement.partnerType === 'guide'),
      `SELECT DISTINCT e.account_id, r.reverses_id ${REVERSALS}`,
    );
    return [...grouped(rows, ({ statement }) => statement)].flatMap(([statement, reversed]) => {
      const refundedLines = new Set(reversed.map(({ row }) => id(row.reverses_id))).size;
      if (refundedLines < refundedLinesAtLeast || refundedLines * MILLION < refundedSharePpm * statement.lines) return [];
      return [{ statement, code: 'many_refunds', figures: { refundedLines, lines: statement.lines } }];
    });
  }

  /** A large order, of however many lines, soon after its buyer had come to this partner from another. A binding begins after the order that brings it about. */
  private async freshBindings(
    tx: Tx,
    period: string,
    batch: Batch,
    { freshBindingHours, freshBindingAboveMinor, freshBindingFactor }: FindingThresholds,
  ): Promise<Found[]> {
    // In several questions, so that no database begins at the orders: where nobody ever changes, there is nothing to join.
    const begun = await of(
      tx,
      `SELECT b.binding_id, b.reason FROM statement s JOIN binding b ON b.brand_id = s.brand_id AND b.partner_id = s.partner_id
          AND b.reason IN ('latest_purchase', 'protection_ended', 'merged') AND b.valid_from >= ?
        WHERE s.statement_id IN (?in)`,
      batch,
      [],
      [yearBefore(period)],
    );
    const byMerge = begun.filter(({ reason }) => reason === 'merged');
    const moved = [...begun.filter(({ reason }) => reason !== 'merged'), ...(await this.tookFromOthers(tx, byMerge))];
    const rows = await selectIn<Row>(
      tx,
      `SELECT b.partner_id, x.currency, c.order_id, c.binding_id, b.valid_from, MIN(c.occurred_at) AS occurred_at, SUM(c.base_minor) AS base_minor, COUNT(*) AS n FROM binding b
         JOIN purchase p ON p.customer_id = b.customer_id AND p.occurred_at >= b.valid_from AND p.occurred_at < b.valid_from + ?
         JOIN commission_line c ON c.order_id = p.order_id AND c.kind = 'EARN' AND c.binding_id = b.binding_id AND c.partner_id = b.partner_id
         JOIN commission_state x ON x.line_id = c.line_id AND x.matured_period = ?
        WHERE b.binding_id IN (?in) GROUP BY b.partner_id, x.currency, c.order_id, c.role, c.binding_id, b.valid_from HAVING SUM(c.base_minor) > ?`,
      moved.map((row) => row.binding_id),
      [freshBindingHours * HOUR_MS, period],
      [freshBindingAboveMinor],
    );
    rows.sort((a, b) => int(b.base_minor) - int(a.base_minor));
    const byPartner = grouped(rows, (row) => `${id(row.partner_id)}/${row.currency as string}`);
    const results: Found[] = [];
    for (const statement of batch.values()) {
      const own = byPartner.get(`${statement.partnerId}/${statement.currency}`);
      if (!own) continue;
      const medianMinor = await this.median(tx, statement);
      const large = own.filter((row) => int(row.base_minor) > freshBindingFactor * medianMinor);
      const [largest] = large;
      if (!largest) continue;
      const minutes = Math.floor((int(largest.occurred_at) - int(largest.valid_from)) / 60_000);
      const lines = large.reduce((n, row) => n + int(row.n), 0);
      const figures = { orderId: id(largest.order_id), bindingId: id(largest.binding_id), minutes, lines, medianMinor };
      results.push({ statement, code: 'fresh_binding', figures: { ...figures, baseMinor: int(largest.base_minor) } });
    }
    return results;
  }

  /** Of bindings that merges brought about, those by which the buyer left another partner. */
  private tookFromOthers(tx: Tx, byMerge: readonly Row[]): Promise<Row[]> {
    return selectIn<Row>(
      tx,
      `SELECT DISTINCT b.binding_id FROM binding b JOIN binding f ON f.customer_id = b.customer_id AND f.valid_to = b.valid_from AND f.partner_id <> b.partner_id
        WHERE b.binding_id IN (?in)`,
      byMerge.map((row) => row.binding_id),
    );
  }

  /** Somebody else's account than the one that was paid last. */
  private async payeeChanges(tx: Tx, batch: Batch): Promise<Found[]> {
    const rows = await of(
      tx,
      `SELECT s.statement_id, y.payee_id, i.payee_id AS former_id FROM statement s
         JOIN payee y ON y.partner_id = s.partner_id AND y.currency = s.currency AND y.state = 'APPROVED'
         JOIN payout_item i ON i.partner_id = s.partner_id AND i.currency = s.currency AND i.state = 'PAID' AND i.payee_id <> y.payee_id
        WHERE s.statement_id IN (?in)
          AND NOT EXISTS (SELECT 1 FROM payout_item n WHERE n.partner_id = i.partner_id AND n.currency = i.currency AND n.state = 'PAID' AND n.item_id > i.item_id)`,
      batch,
    );
    return rows.map((row) => found(batch, row, 'payee_changed', { payeeId: id(row.payee_id), formerPayeeId: id(row.former_id) }));
  }

  /** The middle of what the orders of a statement were computed on, each role of them for itself; of two, the lower. */
  private async median(tx: Tx, { statementId }: Examined): Promise<number> {
    const rows: { base_minor: unknown }[] = await tx.query(
      `SELECT base_minor FROM (
         SELECT SUM(c.base_minor) AS base_minor, ROW_NUMBER() OVER (ORDER BY SUM(c.base_minor)) AS nth, COUNT(*) OVER () AS orders
           FROM statement s JOIN commission_state x ON x.brand_id = s.brand_id AND x.matured_period = s.period_id AND x.partner_id = s.partner_id AND x.currency = s.currency
           JOIN commission_line c ON c.line_id = x.line_id WHERE s.statement_id = ? GROUP BY c.order_id, c.role) o WHERE 2 * nth IN (orders, orders + 1)`,
      [idIn(statementId)],
    );
    return int(rows[0]?.base_minor ?? 0);
  }
}

/** Asks for REVERSALS on these accounts; every row names its account. */
async function reversals(tx: Tx, period: string, accounts: readonly Account[], sql: string): Promise<{ statement: Examined; row: Row }[]> {
  const byId = new Map(accounts.map((account) => [id(account.accountId), account.statement]));
  const rows: Row[] = [];
  for (const [currency, some] of grouped(accounts, ({ statement }) => statement.currency))
    rows.push(
      ...(await selectIn<Row>(
        tx,
        sql,
        some.map(({ accountId }) => accountId),
        [],
        [currency, period],
      )),
    );
  return rows.map((row) => ({ statement: byId.get(id(row.account_id))!, row }));
}

/** Epoch ms; to the day is near enough. */
function yearBefore(period: string): number {
  const [year, month] = period.split('-').map(Number) as [number, number];
  return Date.UTC(year - LOOK_BACK_YEARS, month - 1, 1);
}

function of(tx: Tx, sql: string, batch: Batch, after: unknown[] = [], before: unknown[] = []): Promise<Row[]> {
  return selectIn<Row>(tx, sql, [...batch.keys()].map(idIn), before, after);
}

function found(batch: Batch, row: Row, code: Found['code'], figures: Found['figures']): Found {
  return { statement: batch.get(id(row.statement_id))!, code, figures };
}

function id(value: unknown): string {
  return idOut(value as Buffer);
}
