// From closed books to statements, against one INSERT ... SELECT ... GROUP BY of the same figures.
//   node test/load/settlement.mjs [--orders 40000] [--database sqlite|mariadb|both]
import { Books, MORNING } from './books.mjs';
import { measured, report } from './measure.mjs';
import { onDatabases, readOptions } from './options.mjs';
import { rawSettlement, settled } from './raw-settlement.mjs';

const options = readOptions({ orders: '40000', database: 'sqlite' });
const orders = Number(options.orders);
const DAY = 86_400_000;
const NEXT_MONTH = MORNING + 20 * DAY;

await onDatabases(options.database, async (database) => {
  const books = await Books.open(database);
  await books.take(books.prepare(orders));
  const maturity = await measured(async () => {
    books.clock.set(NEXT_MONTH);
    await books.quiet();
  });
  const lines = await books.count('commission_line');
  report(`maturity on ${database.name}`, { lines }, maturity);
  await books.closePeriod('2026-03');
  const settlement = await measured(() => settled(books, NEXT_MONTH + 1));
  const statements = await books.count('statement');
  report(`settlement on ${database.name}`, { statements, lines }, settlement);
  const connection = await books.connect();
  const raw = await measured(() => rawSettlement(connection, database.dialect));
  await connection.close();
  report(`raw statement on ${database.name}`, { statements, lines }, raw);
  if ((await books.count('statement')) !== statements) throw new Error('the statements changed');
  console.log(`ratio on ${database.name}: ${(settlement.seconds / raw.seconds).toFixed(1)} (bar: 3)`);
  await books.close();
});
process.exit(0);
