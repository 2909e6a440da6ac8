import type { Manifest } from '../manifest/manifest';
import type { StagingDatabase, Value } from './staging-database';
import { dateAfter, endOfMonth } from './zone.rules';

const TIMED = [
  ['orders', 'orders', 'placedAt'],
  ['refund', 'refunds', 'occurredAt'],
  ['expense', 'expenses', 'occurredAt'],
] as const;
type Why = readonly [field: string, code: string, message: string, remedy: string];
const LONGEST_HISTORY_DAYS = 366 * 30;

/**
 * What can only be said when every file has been read: which order a line without a channel belongs to, which
 * number a line has, what never found its partner, and from when to when the history runs.
 */
export function settleStaging(database: StagingDatabase, manifest: Manifest): void {
  database.index();
  const reject = (from: string, kind: string, id: string, why: Why) =>
    listRejects(database, `SELECT file, row, ${id} AS id ${from}`, kind, why);

  settleChannels(database);
  const orphan = 'FROM line WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.channel = line.channel AND o.external = line.external)';
  reject(orphan, 'order-lines', 'external', [
    'order',
    'unknown_order',
    'belongs to no order that was taken in',
    'add the order, or map the channel if several channels use one number',
  ]);
  database.run(`DELETE ${orphan}`, []);

  const empty = 'FROM orders WHERE NOT EXISTS (SELECT 1 FROM line l WHERE l.channel = orders.channel AND l.external = orders.external)';
  reject(empty, 'orders', 'external', [
    'lines',
    'order_without_lines',
    'has no line, so there is nothing to sell or to earn from',
    'add its lines if it had any',
  ]);
  database.run(`DELETE ${empty}`, []);

  const unknown = "FROM refund WHERE channel = ''";
  reject(unknown, 'refunds', 'external', [
    'channel',
    'unknown_order',
    'names an order that was not taken in, or one of several channels',
    'map the channel, or add the order',
  ]);
  database.run(`DELETE ${unknown}`, []);
  rejectUnpayable(database, reject);
  numberLines(database);

  if (manifest.asOf) dropAfter(database, manifest.asOf);
  checkSpan(database);
  if (manifest.missingPartners === 'create') createPartners(database);
}

/** Money can only go back for an order that is part of this history and was paid. */
function rejectUnpayable(database: StagingDatabase, reject: (from: string, kind: string, id: string, why: Why) => void): void {
  const order = 'SELECT 1 FROM orders o WHERE o.channel = refund.channel AND o.external = refund.order_external';
  const missing = `FROM refund WHERE order_external IS NOT NULL AND NOT EXISTS (${order})`;
  reject(missing, 'refunds', 'external', [
    'order',
    'unknown_order',
    'names an order that was not taken in',
    'add the order, or look for it among the rejected rows',
  ]);
  database.run(`DELETE ${missing}`, []);
  const unpaid = `FROM refund WHERE order_external IS NOT NULL AND EXISTS (${order} AND o.status IN (0, 4))`;
  reject(unpaid, 'refunds', 'external', [
    'order',
    'order_not_paid',
    'names an order that was never paid or was cancelled, so nothing was earned',
    'correct the status of the order if it was paid',
  ]);
  database.run(`DELETE ${unpaid}`, []);
}

/** First and last day on which anything happened, or undefined when nothing did. */
export function spanOf(database: StagingDatabase): { first: string; last: string } | undefined {
  const span = database.get<{ first: string | null; last: string | null }>(
    'SELECT MIN(day) AS first, MAX(day) AS last FROM (SELECT MIN(day) AS day FROM orders UNION ALL SELECT MAX(day) FROM orders UNION ALL SELECT MIN(day) FROM refund UNION ALL SELECT MAX(day) FROM refund UNION ALL SELECT MIN(day) FROM expense UNION ALL SELECT MAX(day) FROM expense)',
    [],
  );
  return span?.first && span.last ? { first: span.first, last: span.last } : undefined;
}

/** Last day of the history: as the manifest says, else the end of the month in which the last event matures. */
export function asOfDate(manifest: Manifest, lastDay: string): string {
  const longest = Math.max(manifest.holdingDays, ...Object.values(manifest.holdingDaysByChannel));
  return manifest.asOf ?? endOfMonth(dateAfter(lastDay, longest));
}

function settleChannels(database: StagingDatabase): void {
  for (const [table, number] of [
    ['line', 'external'],
    ['refund', 'order_external'],
  ] as const) {
    if (!database.get(`SELECT 1 FROM ${table} WHERE channel = '' LIMIT 1`, [])) continue;
    const found = `FROM orders o WHERE o.external = ${table}.${number}`;
    database.run(
      `UPDATE OR IGNORE ${table} SET channel = (SELECT MIN(o.channel) ${found}) WHERE channel = '' AND (SELECT COUNT(*) ${found}) = 1`,
      [],
    );
  }
}

/** Numbers are kept where all lines of an order have one; otherwise lines are counted in the order of their ids, or of what they say. */
function numberLines(database: StagingDatabase): void {
  database.run(
    `WITH mixed AS (SELECT channel, external FROM line GROUP BY channel, external HAVING COUNT(*) <> COUNT(DISTINCT no))
     UPDATE line SET no = counted.n
       FROM (SELECT channel, external, key, ROW_NUMBER() OVER (PARTITION BY channel, external
               ORDER BY key LIKE '#%', CASE WHEN key LIKE '#%' THEN sku ELSE key END, quantity, amount, store, guide, key) AS n
               FROM line JOIN mixed USING (channel, external)) AS counted
      WHERE line.channel = counted.channel AND line.external = counted.external AND line.key = counted.key`,
    [],
  );
}

function dropAfter(database: StagingDatabase, asOf: string): void {
  for (const [table, kind, time] of TIMED) {
    const late = `FROM ${table} WHERE day > ?`;
    listRejects(
      database,
      `SELECT file, row, external AS id ${late}`,
      kind,
      [time, 'after_as_of', `lies after ${asOf}`, 'move asOf of the manifest if it should count'],
      [asOf],
    );
    database.run(`DELETE ${late}`, [asOf]);
  }
}

/** One mistyped year would make the run count through centuries of empty days. */
function checkSpan(database: StagingDatabase): void {
  const span = spanOf(database);
  if (!span) return;
  const earliest = dateAfter(span.last, -LONGEST_HISTORY_DAYS);
  for (const [table, kind, time] of TIMED) {
    const old = `FROM ${table} WHERE day < ?`;
    listRejects(
      database,
      `SELECT file, row, external AS id ${old}`,
      kind,
      [time, 'too_old', 'lies more than 30 years before the last event', 'check its year'],
      [earliest],
    );
    database.run(`DELETE ${old}`, [earliest]);
  }
}

function createPartners(database: StagingDatabase): void {
  const sources = [
    ['store', 'SELECT store AS code FROM line UNION SELECT store FROM orders'],
    ['guide', 'SELECT guide AS code FROM line UNION SELECT guide FROM orders'],
    ['group_leader', 'SELECT DISTINCT leader AS code FROM orders'],
  ] as const;
  for (const [type, select] of sources) {
    database.run(
      `INSERT INTO partner SELECT named.code, ?, named.code, 1, 0, 0 FROM (${select}) AS named WHERE named.code IS NOT NULL ON CONFLICT DO NOTHING`,
      [type],
    );
  }
}

function listRejects(database: StagingDatabase, select: string, kind: string, why: Why, values: readonly Value[] = []): void {
  database.run(`INSERT INTO reject SELECT file, row, ?, id, ?, ?, ?, ? FROM (${select})`, [kind, ...why, ...values]);
}
