import { measured } from './measure.mjs';

const names = (columns) => columns.map((name) => `\`${name}\``).join(', ');
const value = (raw) => (raw instanceof ArrayBuffer ? Buffer.from(raw) : raw);

/** Everything that a run has written into one database, by table. @param ignored tables that it did not write */
async function rowsOf(connection, ignored) {
  const tables = [];
  for (const table of await connection.tables()) {
    if (ignored.includes(table)) continue;
    const columns = await connection.columns(table);
    const found = await connection.all(`SELECT ${names(columns)} FROM \`${table}\``);
    if (found.length > 0) tables.push({ table, columns, rows: found.map((row) => columns.map((name) => value(row[name]))) });
  }
  return tables;
}

/**
 * The floor: the rows of a run once more, into the same tables with the same indexes, in multi-row statements and in as
 * many transactions per database, by a program that does nothing else.
 * @param databases functions that connect to each database of the run
 * @param writers connections per database
 * @returns what it took, with the number of rows as its result
 */
export async function writeFloor(databases, { batches, writers, ignored = [] }) {
  const copies = [];
  for (const connect of databases) {
    const source = await connect();
    copies.push({ tables: await rowsOf(source, ignored), open: await source.emptyCopy() });
    await source.close();
  }
  const run = await measured(async () => {
    for (const { tables, open } of copies) await writeDatabase(tables, await Promise.all(Array.from({ length: writers }, open)), batches);
  });
  return {
    ...run,
    result: copies.reduce((total, { tables }) => total + tables.reduce((sum, { rows }) => sum + rows.length, 0), 0),
  };
}

async function writeDatabase(tables, connections, batches) {
  let next = 0;
  const work = async (connection) => {
    while (next < batches) {
      const batch = next;
      next += 1;
      await connection.run(connection.begin);
      for (const { table, columns, rows } of tables) {
        const share = rows.slice(Math.floor((rows.length * batch) / batches), Math.floor((rows.length * (batch + 1)) / batches));
        await insert(connection, table, columns, share);
      }
      await connection.run('COMMIT');
    }
    await connection.close();
  };
  await Promise.all(connections.map(work));
}

async function insert(connection, table, columns, rows) {
  const head = `INSERT INTO \`${table}\` (${names(columns)}) VALUES `;
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  for (let from = 0; from < rows.length; from += connection.rowsPerStatement) {
    const chunk = rows.slice(from, from + connection.rowsPerStatement);
    await connection.run(head + chunk.map(() => tuple).join(', '), chunk.flat());
  }
}
