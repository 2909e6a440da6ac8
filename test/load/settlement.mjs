// From closed books to statements, against one INSERT ... SELECT ... GROUP BY of the same figures.
//   node test/load/settlement.mjs [--orders 40000] [--database sqlite|mariadb|both]
import { setTimeout as pause } from 'node:timers/promises';
import { Books, MORNING } from './books.mjs';
import { measured, report } from './measure.mjs';
import { onDatabases, readOptions } from './options.mjs';

const options = readOptions({ orders: '40000', database: 'sqlite' });
const orders = Number(options.orders);
const DAY = 86_400_000;
const NEXT_MONTH = MORNING + 20 * DAY;

const FUNCTIONS = {
  sqlite: { id: 'randomblob(16)', fingerprint: 'lower(hex(randomblob(32)))' },
  mysql: { id: "UNHEX(MD5(CONCAT(HEX(m.partner_id), 'raw')))", fingerprint: 'SHA2(HEX(m.partner_id), 256)' },
};

/** What the service computes, as one statement. */
const rawSql = ({
  id,
  fingerprint,
}) => `INSERT INTO statement_raw (statement_id, brand_id, period_id, partner_id, currency, kind, revision, opening_minor, earned_minor, reversed_minor,
    adjusted_minor, withheld_minor, paid_minor, closing_minor, carried_in_minor, net_minor, outcome, \`lines\`, fingerprint, state, version)
  SELECT ${id}, m.brand_id, m.period_id, m.partner_id, m.currency, 'commission', 1, 0, m.earned, m.reversed, 0, 0, 0, m.earned - m.reversed, 0, m.earned - m.reversed, 'pay', l.n, ${fingerprint}, 'DRAFT', 1
    FROM (SELECT a.brand_id, e.period_id, a.partner_id, a.currency, SUM(CASE WHEN e.kind = 'mature' THEN -e.amount_minor ELSE 0 END) AS earned,
                 SUM(CASE WHEN e.kind = 'reverse' THEN e.amount_minor ELSE 0 END) AS reversed
            FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.period_id = '2026-03'
           WHERE a.type = 'payable' GROUP BY a.brand_id, e.period_id, a.partner_id, a.currency) m
    JOIN (SELECT partner_id, currency, COUNT(*) AS n, SUM(matured_minor) AS total, SUM(line_check) AS checks FROM commission_state
           WHERE matured_period = '2026-03' GROUP BY partner_id, currency) l ON l.partner_id = m.partner_id AND l.currency = m.currency`;

async function rawTable(connection, dialect) {
  if (dialect === 'mysql') return connection.run('CREATE TABLE statement_raw LIKE statement');
  const parts = await connection.all(
    "SELECT sql FROM sqlite_master WHERE tbl_name = 'statement' AND sql IS NOT NULL ORDER BY type DESC",
  );
  for (const { sql } of parts)
    await connection.run(
      sql
        .replaceAll('`statement`', '`statement_raw`')
        .replaceAll('_statement', '_statement_raw')
        .replaceAll('ix_statement_raw_raw', 'ix_statement_raw'),
    );
}

async function settle(books) {
  for (;;) {
    const [run] = await books.rows("SELECT state FROM settlement_run WHERE state = 'DONE'");
    if (run) return;
    await pause(4);
  }
}

await onDatabases(options.database, async (database) => {
  const books = await Books.open(database);
  await books.take(books.prepare(orders));
  const maturity = await measured(async () => {
    books.clock.set(NEXT_MONTH);
    await books.quiet();
  });
  const lines = await books.count('commission_line');
  report(`maturity on ${database.name}`, { lines }, maturity);
  await books.call('POST', '/periods/2026-03/close', { override: 'nothing was sealed' });
  const settlement = await measured(async () => {
    books.clock.set(NEXT_MONTH + 1);
    await settle(books);
  });
  const statements = await books.count('statement');
  report(`settlement on ${database.name}`, { statements, lines }, settlement);
  const connection = await books.connect();
  await rawTable(connection, database.dialect);
  const raw = await measured(() => connection.run(rawSql(FUNCTIONS[database.dialect])));
  await connection.close();
  report(`raw statement on ${database.name}`, { statements, lines }, raw);
  if ((await books.count('statement')) !== statements) throw new Error('the statements changed');
  console.log(`ratio on ${database.name}: ${(settlement.seconds / raw.seconds).toFixed(1)} (bar: 3)`);
  await books.close();
});
process.exit(0);
