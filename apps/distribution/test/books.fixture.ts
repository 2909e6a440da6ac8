import { idOut, int } from '@concentric/service-kit';
import type { Distribution } from './distribution.fixture';

/** Assertions (a) and (b) of every flow, and invariants 2, 18, 22, 24, 29, 31 and 42, from the database alone. */
export async function expectBooksInOrder({ rows }: Distribution): Promise<void> {
  expect(await rows('SELECT currency FROM ledger_entry GROUP BY currency HAVING SUM(amount_minor) <> 0')).toEqual([]);
  expect(
    await rows(
      'SELECT txn_id FROM ledger_entry GROUP BY txn_id HAVING SUM(amount_minor) <> 0 OR COUNT(*) < 2 OR COUNT(DISTINCT currency) > 1',
    ),
  ).toEqual([]);
  expect(
    await rows(
      `SELECT b.account_id FROM account_balance b JOIN (SELECT account_id, SUM(amount_minor) AS total, COUNT(*) AS n FROM ledger_entry GROUP BY account_id) e ON e.account_id = b.account_id
        WHERE b.balance_minor <> e.total OR b.entries <> e.n`,
    ),
  ).toEqual([]);
  const owed = await rows<{ partner_id: Buffer; owed: unknown }>(
    "SELECT a.partner_id, SUM(-e.amount_minor) AS owed FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id WHERE a.type IN ('pending', 'payable') GROUP BY a.partner_id",
  );
  // What every partner earned by its lines, was given and taken by documents, and has been sent: from the documents, not from the books.
  const documents = await rows<{ partner_id: Buffer; net: unknown }>(
    `SELECT d.partner_id, SUM(d.net) AS net FROM (
       SELECT partner_id, earned_minor - reversed_minor AS net FROM commission_state
       UNION ALL SELECT partner_id, CASE WHEN kind = 'adjust' THEN amount_minor ELSE -amount_minor END FROM adjustment WHERE state = 'BOOKED'
       UNION ALL SELECT a.partner_id, -e.amount_minor FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id
         WHERE a.type = 'payable' AND e.kind IN ('payout', 'withhold', 'bank-failed', 'bank-return')) d GROUP BY d.partner_id`,
  );
  const byPartner = new Map(owed.map((row) => [idOut(row.partner_id), int(row.owed)]));
  for (const row of documents) expect(byPartner.get(idOut(row.partner_id)) ?? 0).toBe(int(row.net));
  expect(
    await rows(
      'SELECT line_id FROM commission_state WHERE reversed_minor < 0 OR reversed_minor > earned_minor OR refunded_minor > net_minor',
    ),
  ).toEqual([]);
  expect(
    await rows(
      `SELECT s.statement_id FROM statement s WHERE s.state <> 'PARKED' AND (s.earned_minor <> (SELECT COALESCE(SUM(c.matured_minor), 0) FROM commission_state c WHERE c.partner_id = s.partner_id AND c.matured_period = s.period_id)
          OR s.reversed_minor <> (SELECT COALESCE(SUM(-l.amount_minor), 0) FROM commission_line l WHERE l.partner_id = s.partner_id AND l.period_id = s.period_id AND l.kind = 'REVERSE' AND l.against = 'payable'))`,
    ),
  ).toEqual([]);
  expect(
    await rows(
      `SELECT e.period_id FROM ledger_entry e JOIN ledger_account a ON a.account_id = e.account_id JOIN accounting_period p ON p.period_id = e.period_id AND p.state IN ('CLOSED', 'SEALED')
        WHERE a.type = 'payable' GROUP BY e.period_id HAVING SUM(-e.amount_minor) <> (SELECT SUM(s.closing_minor - s.opening_minor) FROM statement s WHERE s.period_id = e.period_id AND s.state <> 'VOID')`,
    ),
  ).toEqual([]);
  const statements = await rows<{ partner_id: Buffer; period_id: string; opening_minor: unknown; closing_minor: unknown }>(
    "SELECT partner_id, period_id, opening_minor, closing_minor FROM statement WHERE state <> 'VOID' ORDER BY period_id",
  );
  const closing = new Map<string, number>();
  for (const row of statements) {
    const partner = idOut(row.partner_id);
    expect(int(row.opening_minor)).toBe(closing.get(partner) ?? 0);
    closing.set(partner, int(row.closing_minor));
  }
}

/** What money came to, without ids that differ from run to run. */
export async function moneyState({ rows }: Distribution) {
  const lines = await rows(
    `SELECT p.external_id, c.line_no, c.role, pa.code, c.base_minor, c.rate_ppm, c.amount_minor, s.state, s.earned_minor, s.reversed_minor, s.refunded_minor
       FROM commission_line c JOIN purchase p ON p.order_id = c.order_id JOIN partner pa ON pa.partner_id = c.partner_id JOIN commission_state s ON s.line_id = c.line_id
      WHERE c.kind = 'EARN' ORDER BY p.external_id, c.line_no, c.role`,
  );
  const balances = await rows(
    `SELECT pa.code, a.type, SUM(b.balance_minor) AS balance FROM account_balance b JOIN ledger_account a ON a.account_id = b.account_id JOIN partner pa ON pa.partner_id = a.partner_id
      GROUP BY pa.code, a.type ORDER BY pa.code, a.type`,
  );
  return JSON.stringify({
    lines: lines.map((row) => Object.values(row).map(String)),
    balances: balances.map((row) => Object.values(row).map(String)),
  });
}
