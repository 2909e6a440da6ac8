import { measured } from './measure.mjs';

/** Tables that grow with every partner. */
const PARTNERS = ['partner', 'channel_edge', 'ledger_account', 'account_balance'];
/** Shared by all copies of an order. */
const KEPT = new Set(['brand_id', 'plan_version_id', 'parent_id']);
/** Of one partner: a copy of an order belongs to a copy of its partners. */
const OWNERS = new Set(['partner_id', 'account_id', 'child_id']);
const IDS = /^binary\(16\)/;

/** Tables that grow with every order, shared between two connections: entries after their transactions. */
const SHARES = [
  ['commission_line', 'purchase', 'binding'],
  ['commission_state', 'ledger_txn', 'ledger_entry'],
];
/** Ids that begin with the time: copies of them lie years in the past, those of the floor years ahead. Random ones are random as before. */
const [PAST, AHEAD] = [0x80, 0x20];

/** An id with bytes 2 and 3 changed: as unique as before. */
const moved = (column, when, copy) =>
  `INSERT(\`${column}\`, 2, 2, CHAR(ORD(SUBSTR(\`${column}\`, 2, 1)) ^ ${when}, ORD(SUBSTR(\`${column}\`, 3, 1)) ^ ${copy}))`;

/**
 * Multiplies what the books of one schema hold, inside MariaDB and with every index in place, as if it had been there
 * for years: `orders` times the history, spread over `networks` times the partners; less than 256 times each.
 * @param connect opens a connection as the schema's administrator
 */
export async function grow(connect, { orders, networks }) {
  if (Math.max(orders, networks) > 0xff)
    throw new RangeError('one byte of an id tells the copies apart: seed with more orders or partners');
  const connection = await connect();
  await connection.run('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
  // The house has one set of accounts, however many partners there are.
  const house = (await connection.all("SELECT HEX(account_id) AS id FROM ledger_account WHERE partner_id = UNHEX(REPEAT('00', 16))"))
    .map(({ id }) => `UNHEX('${id}')`)
    .join(', ');
  const seeds = new Map();
  for (const table of [...PARTNERS, ...SHARES.flat()]) {
    await connection.run(
      `CREATE TABLE seed_${table} AS SELECT * FROM \`${table}\`${table.includes('account') && house ? ` WHERE account_id NOT IN (${house})` : ''}`,
    );
    const columns = (await connection.all(`SHOW COLUMNS FROM \`${table}\``)).filter(({ Extra }) => !/GENERATED/.test(Extra));
    seeds.set(table, columns);
  }
  const copy = (writer, table, nth, network) => {
    const columns = seeds.get(table);
    const values = columns.map(({ Field: field, Type: type }) => {
      if (table === 'partner' && field === 'code') return `CONCAT(code, '~', ${network})`;
      if (OWNERS.has(field))
        return field === 'account_id' && house
          ? `IF(account_id IN (${house}), account_id, ${moved(field, PAST, network)})`
          : moved(field, PAST, network);
      return IDS.test(type) && !KEPT.has(field) ? moved(field, PAST, nth) : `\`${field}\``;
    });
    return writer.run(
      `INSERT INTO \`${table}\` (${columns.map(({ Field }) => `\`${Field}\``).join(', ')}) SELECT ${values.join(', ')} FROM seed_${table}`,
    );
  };
  for (let network = 1; network <= networks; network += 1) for (const table of PARTNERS) await copy(connection, table, network, network);
  const write = async (tables) => {
    const writer = await connect();
    // What is read belongs to nobody else: no locks on it.
    await writer.run('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    for (let nth = 1; nth <= orders; nth += 1) {
      for (const table of tables) await copy(writer, table, nth, 1 + (nth % networks));
      if (process.stdout.isTTY) process.stdout.write(`\r${nth} of ${orders} copies`);
    }
    await writer.close();
  };
  await Promise.all(SHARES.map(write));
  for (const table of seeds.keys()) await connection.run(`DROP TABLE seed_${table}`);
  // What was checked before is not what there is now.
  await connection.run('UPDATE control_run SET through_txn = NULL');
  await connection.run(`INSERT INTO account_balance (account_id, balance_minor, entries) SELECT x.* FROM (
      SELECT a.account_id, SUM(e.amount_minor) AS total, COUNT(*) AS n FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id
       WHERE a.type IN ('pending', 'payable') GROUP BY a.account_id) x
    ON DUPLICATE KEY UPDATE balance_minor = x.total, entries = x.n`);
  await connection.run('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  await connection.close();
}

/** What the stage writes on a connection of its own: orders are taken in while others are booked. */
const INTAKE = 'purchase';

/**
 * The rows that a part of a run has just written, as they can be written once more.
 * @param connect opens a connection
 * @param written {table: condition} that finds those rows
 * @param nth of several copies that are asked for before any is written, from 0
 */
export async function rowsAgain(connect, written, nth) {
  const source = await connect();
  const tables = [];
  for (const [table, where] of Object.entries(written)) {
    const columns = (await source.all(`SHOW COLUMNS FROM \`${table}\``)).filter(({ Extra }) => !/GENERATED/.test(Extra));
    const names = columns.map(({ Field }) => `\`${Field}\``).join(', ');
    const values = columns.map(({ Field, Type }) =>
      IDS.test(Type) && !KEPT.has(Field) && !OWNERS.has(Field) ? `${moved(Field, AHEAD, 0xff - nth)} AS \`${Field}\`` : `\`${Field}\``,
    );
    const rows = await source.all(`SELECT ${values.join(', ')} FROM \`${table}\` WHERE ${where}`);
    tables.push({ table, names, width: columns.length, rows: rows.map((row) => Object.values(row)) });
  }
  await source.close();
  return tables;
}

/**
 * The floor at this size: such rows, into the same tables, in multi-row statements and as many transactions, from two
 * connections.
 * @param ordered as the stage has to: one connection books batch after batch while the other takes orders in; else the two
 *   share all batches, in whatever order
 */
export async function writeAgain(connect, tables, batches, { ordered }) {
  const connections = [await connect(), await connect()];
  // Entries are written here in shares of their own, some of them before their transaction.
  for (const connection of connections) await connection.run('SET SESSION foreign_key_checks = 0');
  const queue = (some) => ({ some, next: 0 });
  const shared = queue(tables);
  const queues = ordered
    ? [queue(tables.filter(({ table }) => table === INTAKE)), queue(tables.filter(({ table }) => table !== INTAKE))]
    : [shared, shared];
  const work = async (connection, lane) => {
    while (lane.next < batches) {
      const batch = lane.next;
      lane.next += 1;
      await connection.run(connection.begin);
      for (const { table, names, width, rows } of lane.some) {
        const share = rows.slice(Math.floor((rows.length * batch) / batches), Math.floor((rows.length * (batch + 1)) / batches));
        const tuple = `(${Array(width).fill('?').join(', ')})`;
        for (let from = 0; from < share.length; from += connection.rowsPerStatement) {
          const chunk = share.slice(from, from + connection.rowsPerStatement);
          await connection.run(`INSERT INTO \`${table}\` (${names}) VALUES ${chunk.map(() => tuple).join(', ')}`, chunk.flat());
        }
      }
      await connection.run('COMMIT');
    }
    await connection.close();
  };
  const run = await measured(() => Promise.all(connections.map((connection, at) => work(connection, queues[at]))));
  return { ...run, result: tables.reduce((sum, { rows }) => sum + rows.length, 0) };
}
