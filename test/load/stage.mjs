// The distribution stage: batches of attributed orders become lines, entries and outbox rows.
//   node test/load/stage.mjs [--orders 20000] [--database sqlite|mariadb|both]
import { Books } from './books.mjs';
import { writeFloor } from './floor.mjs';
import { measured, report } from './measure.mjs';
import { onDatabases, readOptions } from './options.mjs';

const options = readOptions({ orders: '20000', database: 'sqlite' });
const orders = Number(options.orders);
const WARM_UP = 5_000;
/** Set up before the orders came: not what the stage writes. */
const GIVEN = ['migration', 'partner', 'channel_edge', 'network_partner', 'network_path', 'network_state'];

await onDatabases(options.database, async (database) => {
  const books = await Books.open(database);
  const all = books.prepare(WARM_UP + orders);
  const warm = all.splice(0, WARM_UP / 500);
  await books.take(warm);
  const before = await books.count('commission_line');
  const stage = await measured(() => books.take(all));
  const lines = (await books.count('commission_line')) - before;
  report(`stage on ${database.name}`, { orders, lines }, stage);
  await books.service.close();
  const total = WARM_UP + orders;
  // One connection takes orders in while the other books them; SQLite has one writer.
  const floor = await writeFloor([books.connect], {
    batches: warm.length + all.length,
    writers: database.dialect === 'mysql' ? 2 : 1,
    ignored: GIVEN,
  });
  report(
    `floor on ${database.name}`,
    { orders: total, rows: floor.result },
    floor,
    ` · ${(floor.result / total).toFixed(1)} rows per order`,
  );
  console.log(`ratio on ${database.name}: ${(orders / stage.seconds / (total / floor.seconds)).toFixed(2)} (bar on mariadb: 0.3)`);
  await books.schema.drop();
});
process.exit(0);
