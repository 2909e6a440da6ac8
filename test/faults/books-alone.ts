import { randomBytes } from 'node:crypto';
import { namedId } from '@concentric/service-kit';
import { controls, fromTheBeginning } from '@concentric/distribution';
import { hex, idParam, type Query } from '../flows/direct-query';

type Row = Record<string, unknown>;
type Bytes = Uint8Array | ArrayBuffer;

/** What else has to hold at any moment; each statement finds what contradicts it. */
const more: Record<string, string> = {
  'inv 18: no more is taken back than was earned':
    'SELECT line_id FROM commission_state WHERE brand_id = ? AND (reversed_minor < 0 OR reversed_minor > earned_minor OR refunded_minor > net_minor)',
  'inv 26: a line has its entry, its posting and its state': `SELECT l.line_id FROM commission_line l LEFT JOIN commission_state s ON s.line_id = l.line_id LEFT JOIN ledger_entry e ON e.txn_id = l.txn_id AND e.line_id = l.line_id
      WHERE l.brand_id = ? AND ((l.kind = 'EARN' AND s.line_id IS NULL) OR (l.amount_minor <> 0 AND (e.seq IS NULL OR e.amount_minor <> -l.amount_minor)))`,
  'inv 26: what was matured has been posted': `SELECT x.partner_id FROM (
       SELECT partner_id, SUM(matured_minor) AS matured, 0 AS posted FROM commission_state WHERE brand_id = ? GROUP BY partner_id
       UNION ALL SELECT a.partner_id, 0, SUM(-e.amount_minor) FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id
         WHERE a.brand_id = ? AND a.type = 'payable' AND e.kind = 'mature' GROUP BY a.partner_id) x
      GROUP BY x.partner_id HAVING SUM(x.matured) <> SUM(x.posted)`,
  'inv 27: dates and periods are those of the business day':
    'SELECT line_id FROM commission_line WHERE brand_id = ? AND origin_period <> SUBSTR(origin_date, 1, 7)',
  'inv 28: a period is open once, and postings name one that exists': `SELECT t.txn_id FROM ledger_txn t LEFT JOIN accounting_period p ON p.brand_id = t.brand_id AND p.period_id = t.period_id WHERE t.brand_id = ? AND p.period_id IS NULL
     UNION ALL SELECT brand_id FROM accounting_period WHERE brand_id = ? AND state IN ('OPEN', 'CLOSING') GROUP BY brand_id HAVING COUNT(*) <> 1`,
  'inv 35: a run that is done has built or parked everybody': `SELECT r.run_id FROM settlement_run r WHERE r.brand_id = ? AND r.state = 'DONE' AND (r.expected <> r.built + r.parked
        OR r.expected <> (SELECT COUNT(*) FROM statement s WHERE s.brand_id = r.brand_id AND s.period_id = r.period_id AND s.state <> 'VOID'))`,
  'inv 22: every entry is of a transaction, and none of those is gone': `SELECT e.txn_id FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id LEFT JOIN ledger_txn t ON t.txn_id = e.txn_id
      WHERE a.brand_id = ? GROUP BY e.txn_id HAVING COUNT(t.txn_id) <> COUNT(*) OR COUNT(*) <> MAX(e.seq)`,
  'inv 25: what was tried again has happened once': `SELECT kind, ref_id FROM ledger_txn WHERE brand_id = ? AND kind IN ('accrue', 'payout', 'bank-paid', 'bank-failed', 'bank-return') GROUP BY kind, ref_id HAVING COUNT(*) > 1`,
};

/**
 * Invariants 18, 22-31, 35, 36 and 41 of every brand (25 by what a repetition would leave behind), from the database of distribution alone and on a connection that no
 * service knows; nothing is taken for granted that a service has checked before. @returns what contradicts them
 */
export async function contradictions(query: Query<Row>): Promise<string[]> {
  const found: string[] = [];
  for (const row of await query('SELECT brand_id FROM accounting_period GROUP BY brand_id')) {
    const brandId = Buffer.from(hex(row['brand_id'] as Bytes), 'hex');
    const scope = fromTheBeginning(brandId);
    for (const { name, invariant, sql, params } of controls)
      found.push(...(await query(sql, params(scope))).map((wrong) => `inv ${invariant} ${name}: ${told(wrong)}`));
    for (const [name, sql] of Object.entries(more))
      found.push(
        ...(
          await query(
            sql,
            [...sql.matchAll(/\?/g)].map(() => brandId),
          )
        ).map((wrong) => `${name}: ${told(wrong)}`),
      );
    found.push(
      ...(await misnamed(query, brandId)),
      ...(await untold(query, brandId)),
      ...(await unrecorded(query, brandId)),
      ...(await changeable(query, brandId)),
    );
  }
  return found;
}

/** Inv 30: building statements again can only give the ids they have. */
async function misnamed(query: Query<Row>, brandId: Buffer): Promise<string[]> {
  const rows = await query('SELECT statement_id, period_id, partner_id, currency, kind, revision FROM statement WHERE brand_id = ?', [
    brandId,
  ]);
  return rows
    .filter(({ statement_id, period_id, partner_id, currency, kind, revision }) => {
      const partner = uuid(hex(partner_id as Bytes));
      const name = `statement/${uuid(hex(brandId))}/${String(period_id)}/${partner}/${String(currency)}/${String(kind)}/${String(revision)}`;
      return !idParam(namedId(name)).equals(Buffer.from(hex(statement_id as Bytes), 'hex'));
    })
    .map((row) => `inv 30: ${told(row)}`);
}

/** Inv 26: of each order that was decided others are told once, in the transaction that decided it. */
async function untold(query: Query<Row>, brandId: Buffer): Promise<string[]> {
  // The decisions first: what is decided between the two is then told, but not missed.
  const decided = await query("SELECT order_id FROM purchase WHERE brand_id = ? AND state = 'DECIDED'", [brandId]);
  const told = new Map<string, number>();
  for (const { body } of await query("SELECT body FROM outbox WHERE type = 'distribution.commission-accrued.v1'")) {
    for (const { data } of JSON.parse(String(body)) as { data: { orderId: string } }[])
      told.set(data.orderId, (told.get(data.orderId) ?? 0) + 1);
  }
  return decided
    .map(({ order_id }) => uuid(hex(order_id as Bytes)))
    .filter((orderId) => told.get(orderId) !== 1)
    .map((orderId) => `inv 26: others were told ${told.get(orderId) ?? 0} times of order ${orderId}`);
}

/** Inv 41: whatever is where only a recorded transition leads has its row in the audit log; once, where that can happen once. */
async function unrecorded(query: Query<Row>, brandId: Buffer): Promise<string[]> {
  // The documents first: what moves between the two is then recorded, but not missed.
  const periods = await query("SELECT period_id, state FROM accounting_period WHERE brand_id = ? AND state IN ('CLOSED', 'SEALED')", [
    brandId,
  ]);
  const statements = await query('SELECT statement_id, state FROM statement WHERE brand_id = ?', [brandId]);
  const batches = await query("SELECT batch_id FROM payout_batch WHERE brand_id = ? AND state IN ('SENT', 'PART_SETTLED', 'SETTLED')", [
    brandId,
  ]);
  const log = await query('SELECT action, entity_id, COUNT(*) AS n FROM audit_log WHERE brand_id = ? GROUP BY action, entity_id', [
    brandId,
  ]);
  const recorded = new Map(log.map(({ action, entity_id, n }) => [`${String(action)} ${String(entity_id)}`, Number(n)]));
  const times = (action: string, id: string) => recorded.get(`${action} ${id}`) ?? 0;
  const missing = (id: string, actions: readonly string[], isRight = (n: number): boolean => n === 1) =>
    actions
      .filter((action) => !isRight(times(action, id)))
      .map((action) => `inv 41: ${action} of ${id} is recorded ${times(action, id)} times`);
  return [
    ...periods.flatMap(({ period_id, state }) =>
      missing(`${uuid(hex(brandId))}/${String(period_id)}`, state === 'SEALED' ? ['period.closed', 'period.sealed'] : ['period.closed']),
    ),
    ...statements.flatMap(({ statement_id, state }) => {
      const id = uuid(hex(statement_id as Bytes));
      const built = times('statement.built', id) + times('statement.parked', id);
      const isDraft = ['PARKED', 'DRAFT', 'IN_REVIEW', 'VOID'].includes(String(state));
      return [
        ...(built === 1 ? [] : [`inv 41: the building of ${id} is recorded ${built} times`]),
        ...(isDraft ? [] : missing(id, ['statement.submitted', 'statement.approved'], (n) => n > 0)),
        ...missing(id, isDraft || state === 'APPROVED' ? [] : ['statement.published']),
        ...missing(id, state === 'CARRIED' ? ['statement.carried'] : state === 'VOID' ? ['statement.voided'] : []),
      ];
    }),
    ...batches.flatMap(({ batch_id }) => missing(uuid(hex(batch_id as Bytes)), ['payout.approved', 'payout.released'])),
  ];
}

/** Inv 23, 28: what was booked cannot be changed, and nothing added to a closed period, not even by the administrator that this asks as. */
async function changeable(query: Query<Row>, brandId: Buffer): Promise<string[]> {
  const found: string[] = [];
  for (const [table, key] of [
    ['ledger_txn', 'txn_id'],
    ['commission_line', 'line_id'],
    ['audit_log', 'id'],
  ] as const) {
    const [row] = await query(`SELECT ${key} AS id FROM ${table} WHERE brand_id = ? LIMIT 1`, [brandId]);
    if (!row) continue;
    const id = Buffer.from(hex(row['id'] as Bytes), 'hex');
    const refused = await query(`UPDATE ${table} SET brand_id = brand_id WHERE ${key} = ?`, [id]).then(
      () => false,
      (error: Error) => /append-only/.test(error.message),
    );
    if (!refused) found.push(`inv 23: a row of ${table} could be changed`);
  }
  const id = randomBytes(16);
  const late = `INSERT INTO ledger_txn (txn_id, brand_id, idem, kind, period_id, ref_id, effective_at, currency)
    SELECT ?, brand_id, ?, 'accrue', period_id, ?, 0, 'CNY' FROM accounting_period WHERE brand_id = ? AND state IN ('CLOSED', 'SEALED') LIMIT 1`;
  const added = await query(late, [id, id, id, brandId]).then(
    () => query('SELECT txn_id FROM ledger_txn WHERE txn_id = ?', [id]),
    () => [],
  );
  if (added.length > 0) found.push('inv 28: something could be booked in a period that is closed');
  return found;
}

const uuid = (text: string): string => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const told = (row: Row): string =>
  JSON.stringify(row, (_, value: unknown) =>
    value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer' && 'data' in value
      ? Buffer.from(value.data as number[]).toString('hex')
      : typeof value === 'bigint'
        ? Number(value)
        : value,
  );
