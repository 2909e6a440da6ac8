import { setTimeout as pause } from 'node:timers/promises';

const FUNCTIONS = {
  sqlite: { id: 'randomblob(16)', fingerprint: 'lower(hex(randomblob(32)))' },
  mysql: { id: "UNHEX(MD5(CONCAT(HEX(m.partner_id), 'raw')))", fingerprint: 'SHA2(HEX(m.partner_id), 256)' },
};

const sql = ({
  id,
  fingerprint,
}) => `INSERT INTO statement_raw (statement_id, brand_id, period_id, partner_id, partner_type, partner_code, currency, kind, revision, opening_minor, earned_minor, reversed_minor,
    adjusted_minor, written_off_minor, withheld_minor, paid_minor, closing_minor, carried_in_minor, net_minor, tax_minor, minimum_minor, outcome, \`lines\`, fingerprint, state, version)
  SELECT ${id}, m.brand_id, m.period_id, m.partner_id, p.type, p.code, m.currency, 'commission', 1, 0, m.earned, m.reversed, 0, 0, 0, 0, m.earned - m.reversed, 0, m.earned - m.reversed, 0, 0, 'pay', l.n, ${fingerprint}, 'DRAFT', 1
    FROM (SELECT a.brand_id, e.period_id, a.partner_id, a.currency, SUM(CASE WHEN e.kind = 'mature' THEN -e.amount_minor ELSE 0 END) AS earned,
                 SUM(CASE WHEN e.kind = 'reverse' THEN e.amount_minor ELSE 0 END) AS reversed
            FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.currency = a.currency AND e.period_id = '2026-03'
           WHERE a.type = 'payable' GROUP BY a.brand_id, e.period_id, a.partner_id, a.currency) m
    JOIN (SELECT partner_id, currency, COUNT(*) AS n, SUM(matured_minor) AS total, SUM(line_check) AS checks FROM commission_state
           WHERE matured_period = '2026-03' GROUP BY partner_id, currency) l ON l.partner_id = m.partner_id AND l.currency = m.currency JOIN partner p ON p.partner_id = m.partner_id`;

/** A table like that of the statements, indexes and all, that is not theirs. */
async function rawTable(connection, dialect) {
  if (dialect === 'mysql') return connection.run('CREATE TABLE statement_raw LIKE statement');
  const parts = await connection.all("SELECT sql FROM sqlite_master WHERE tbl_name = 'statement' AND sql IS NOT NULL ORDER BY type DESC");
  for (const part of parts)
    await connection.run(
      part.sql
        .replaceAll('`statement`', '`statement_raw`')
        .replaceAll('_statement', '_statement_raw')
        .replaceAll('ix_statement_raw_raw', 'ix_statement_raw'),
    );
}

/** What the service computes for March, as one statement. */
export async function rawSettlement(connection, dialect) {
  await rawTable(connection, dialect);
  await connection.run(sql(FUNCTIONS[dialect]));
}

/** Lets a closed period be settled: moves the clock to `at` and waits until it is. */
export async function settled(books, at) {
  books.clock.set(at);
  for (;;) {
    const [run] = await books.rows("SELECT state FROM settlement_run WHERE state <> 'DONE'");
    if (!run) return;
    await pause(4);
  }
}
