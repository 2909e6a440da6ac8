import type { ControlName } from '@concentric/contracts';

/** What a run looks at. Booked transactions never change, nor do the statements of a sealed period: they are looked at once. */
export interface ControlScope {
  brandId: Buffer;
  /** Transactions with a greater id. */
  afterTxn: Buffer;
  /** Statements of this period and later ones. */
  fromPeriod: string;
}

/** A statement of SQL, the same on every database, that finds what contradicts an invariant: each row names a `subject` and says `expected` and `found`. */
export interface Control {
  name: ControlName;
  invariant: number;
  sql: string;
  params(scope: ControlScope): (Buffer | string | number)[];
  /** The same from what is carried forward and the transactions after it; whatever it finds, `sql` has the last word on. */
  carried?: Pick<Control, 'sql' | 'params'>;
}

const brand = ({ brandId }: ControlScope) => [brandId];

export const controls: readonly Control[] = [
  {
    name: 'edge_overlap',
    invariant: 9,
    sql: `SELECT a.child_id AS subject, b.valid_from AS expected, a.valid_to AS found FROM channel_edge a
            JOIN channel_edge b ON b.child_id = a.child_id AND b.valid_from > a.valid_from AND (a.valid_to IS NULL OR a.valid_to > b.valid_from)
           WHERE a.brand_id = ?`,
    params: brand,
  },
  {
    // One that is newer than the newest transaction that was looked at, against whatever else the person has had.
    name: 'binding_overlap',
    invariant: 9,
    sql: `SELECT b.binding_id AS subject, b.valid_from AS expected, a.valid_to AS found FROM binding b
            JOIN binding a ON a.customer_id = b.customer_id AND a.binding_id <> b.binding_id AND a.valid_from <= b.valid_from AND (a.valid_to IS NULL OR a.valid_to > b.valid_from)
           WHERE b.binding_id > ? AND b.brand_id = ?`,
    params: ({ afterTxn, brandId }) => [afterTxn, brandId],
  },
  {
    name: 'entry_currency',
    invariant: 2,
    sql: `SELECT e.txn_id AS subject, a.currency AS expected, e.currency AS found
            FROM ledger_txn t JOIN ledger_entry e ON e.txn_id = t.txn_id JOIN ledger_account a ON a.account_id = e.account_id
           WHERE t.txn_id > ? AND t.brand_id = ? AND (e.currency <> a.currency OR a.brand_id <> t.brand_id OR e.period_id <> t.period_id)`,
    params: ({ afterTxn, brandId }) => [afterTxn, brandId],
  },
  {
    name: 'transaction_balance',
    invariant: 22,
    sql: `SELECT t.txn_id AS subject, 0 AS expected, COALESCE(SUM(e.amount_minor), 0) AS found
            FROM ledger_txn t LEFT JOIN ledger_entry e ON e.txn_id = t.txn_id WHERE t.txn_id > ? AND t.brand_id = ?
           GROUP BY t.txn_id HAVING COUNT(e.seq) < 2 OR SUM(e.amount_minor) <> 0 OR MIN(e.currency) <> MAX(e.currency)`,
    params: ({ afterTxn, brandId }) => [afterTxn, brandId],
  },
  {
    name: 'ledger_balance',
    invariant: 22,
    sql: `SELECT a.currency AS subject, 0 AS expected, SUM(e.amount_minor) AS found
            FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id WHERE a.brand_id = ? GROUP BY a.currency HAVING SUM(e.amount_minor) <> 0`,
    params: brand,
    carried: {
      sql: `SELECT x.currency AS subject, 0 AS expected, SUM(x.minor) AS found FROM (
              SELECT a.currency, c.balance_minor AS minor FROM ledger_account a JOIN carried_balance c ON c.account_id = a.account_id WHERE a.brand_id = ?
              UNION ALL SELECT a.currency, e.amount_minor FROM ledger_entry e CROSS JOIN ledger_account a WHERE a.account_id = e.account_id AND e.txn_id > ? AND a.brand_id = ?) x
             GROUP BY x.currency HAVING SUM(x.minor) <> 0`,
      params: ({ brandId, afterTxn }) => [brandId, afterTxn, brandId],
    },
  },
  {
    name: 'account_balance',
    invariant: 24,
    sql: `SELECT x.account_id AS subject, x.entries AS expected, COALESCE(b.balance_minor, 0) AS found
            FROM (SELECT a.account_id, COALESCE(SUM(e.amount_minor), 0) AS entries, COUNT(e.seq) AS n
                    FROM ledger_account a LEFT JOIN ledger_entry e ON e.account_id = a.account_id
                   WHERE a.brand_id = ? AND a.type IN ('pending', 'payable') GROUP BY a.account_id) x
            LEFT JOIN account_balance b ON b.account_id = x.account_id
           WHERE COALESCE(b.balance_minor, 0) <> x.entries OR COALESCE(b.entries, 0) <> x.n`,
    params: brand,
    carried: {
      sql: `SELECT a.account_id AS subject, COALESCE(c.balance_minor, 0) + COALESCE(d.minor, 0) AS expected, COALESCE(b.balance_minor, 0) AS found
              FROM ledger_account a LEFT JOIN carried_balance c ON c.account_id = a.account_id
              LEFT JOIN (SELECT account_id, SUM(amount_minor) AS minor, COUNT(*) AS n FROM ledger_entry WHERE txn_id > ? GROUP BY account_id) d ON d.account_id = a.account_id
              LEFT JOIN account_balance b ON b.account_id = a.account_id
             WHERE a.brand_id = ? AND a.type IN ('pending', 'payable')
               AND (COALESCE(b.balance_minor, 0) <> COALESCE(c.balance_minor, 0) + COALESCE(d.minor, 0) OR COALESCE(b.entries, 0) <> COALESCE(c.entries, 0) + COALESCE(d.n, 0))`,
      params: ({ brandId, afterTxn }) => [afterTxn, brandId],
    },
  },
  {
    name: 'statement_movement',
    invariant: 29,
    sql: `SELECT x.subject, x.expected, x.found FROM (
            SELECT s.statement_id AS subject, s.closing_minor - s.opening_minor AS found,
                   COALESCE((SELECT SUM(-e.amount_minor) FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id AND e.currency = a.currency AND e.period_id = s.period_id
                              WHERE a.brand_id = s.brand_id AND a.partner_id = s.partner_id AND a.type = 'payable' AND a.currency = s.currency), 0) AS expected
              FROM statement s WHERE s.brand_id = ? AND s.period_id >= ? AND s.state <> 'VOID') x
           WHERE x.found <> x.expected`,
    params: ({ brandId, fromPeriod }) => [brandId, fromPeriod],
  },
  {
    name: 'movement_stated',
    invariant: 29,
    sql: `SELECT a.account_id AS subject, 1 AS expected, 0 AS found
            FROM settlement_run r JOIN ledger_account a ON a.brand_id = r.brand_id AND a.type = 'payable'
           WHERE r.brand_id = ? AND r.period_id >= ? AND r.state = 'DONE'
             AND EXISTS (SELECT e.seq FROM ledger_entry e WHERE e.account_id = a.account_id AND e.currency = a.currency AND e.period_id = r.period_id)
             AND NOT EXISTS (SELECT s.statement_id FROM statement s WHERE s.partner_id = a.partner_id AND s.period_id = r.period_id AND s.currency = a.currency AND s.state <> 'VOID')`,
    params: ({ brandId, fromPeriod }) => [brandId, fromPeriod],
  },
  {
    name: 'statement_opening',
    invariant: 31,
    sql: `SELECT x.subject, x.expected, x.found FROM (
            SELECT s.statement_id AS subject, s.opening_minor AS found,
                   COALESCE((SELECT p.closing_minor FROM statement p
                              WHERE p.partner_id = s.partner_id AND p.period_id < s.period_id AND p.currency = s.currency AND p.kind = s.kind AND p.state <> 'VOID'
                              ORDER BY p.period_id DESC LIMIT 1), 0) AS expected
              FROM statement s WHERE s.brand_id = ? AND s.period_id >= ? AND s.state <> 'VOID') x
           WHERE x.found <> x.expected`,
    params: ({ brandId, fromPeriod }) => [brandId, fromPeriod],
  },
  {
    name: 'statement_carried',
    invariant: 32,
    // The latest, as far as it paid nothing, and those of a blocked partner that name this month; these stand nowhere without a statement of it.
    sql: `SELECT x.subject, x.expected, x.found FROM (
            SELECT s.statement_id AS subject, s.carried_in_minor AS found,
                   COALESCE((SELECT CASE WHEN p.outcome = 'carry' THEN p.net_minor ELSE 0 END FROM statement p
                              WHERE p.partner_id = s.partner_id AND p.period_id < s.period_id AND p.currency = s.currency AND p.kind = s.kind AND p.state <> 'VOID'
                              ORDER BY p.period_id DESC LIMIT 1), 0)
                   + COALESCE((SELECT SUM(c.net_minor) FROM statement c
                                WHERE c.partner_id = s.partner_id AND c.period_id < s.period_id AND c.carried_into = s.period_id AND c.currency = s.currency AND c.kind = s.kind), 0) AS expected
              FROM statement s WHERE s.brand_id = ? AND s.period_id >= ? AND s.state <> 'VOID') x
           WHERE x.found <> x.expected
          UNION ALL SELECT c.statement_id, c.net_minor, 0 FROM statement c JOIN settlement_run r ON r.brand_id = c.brand_id AND r.period_id = c.carried_into AND r.state = 'DONE'
           WHERE c.brand_id = ? AND c.carried_into >= ? AND NOT EXISTS (
             SELECT s.statement_id FROM statement s WHERE s.partner_id = c.partner_id AND s.period_id = c.carried_into AND s.currency = c.currency AND s.state <> 'VOID')`,
    params: ({ brandId, fromPeriod }) => [brandId, fromPeriod, brandId, fromPeriod],
  },
  {
    name: 'payout_item',
    invariant: 36,
    sql: `SELECT i.item_id AS subject, s.net_minor AS expected, i.gross_minor AS found FROM payout_item i JOIN statement s ON s.statement_id = i.statement_id
           WHERE i.brand_id = ? AND (i.gross_minor <> s.net_minor OR i.tax_minor <> s.tax_minor OR i.partner_id <> s.partner_id OR i.currency <> s.currency
             OR (i.state = 'PAID') <> (s.state = 'PAID') AND i.state IN ('PLANNED', 'SENT', 'UNKNOWN', 'PAID'))`,
    params: brand,
  },
  {
    name: 'payout_statement',
    invariant: 36,
    sql: `SELECT s.statement_id AS subject, 1 AS expected, COUNT(i.item_id) AS found FROM statement s
            LEFT JOIN payout_item i ON i.statement_id = s.statement_id AND i.state IN ('PLANNED', 'SENT', 'UNKNOWN', 'PAID')
           WHERE s.brand_id = ? AND s.state IN ('IN_PAYOUT', 'PAID') GROUP BY s.statement_id HAVING COUNT(i.item_id) <> 1`,
    params: brand,
  },
  {
    name: 'payout_batch',
    invariant: 36,
    sql: `SELECT b.batch_id AS subject, b.gross_minor AS expected, COALESCE(SUM(i.gross_minor), 0) AS found FROM payout_batch b
            LEFT JOIN payout_item i ON i.batch_id = b.batch_id AND i.state <> 'EJECTED'
           WHERE b.brand_id = ? GROUP BY b.batch_id, b.gross_minor, b.tax_minor, b.items
          HAVING COUNT(i.item_id) <> b.items OR COALESCE(SUM(i.gross_minor), 0) <> b.gross_minor OR COALESCE(SUM(i.tax_minor), 0) <> b.tax_minor`,
    params: brand,
  },
  {
    name: 'payout_ledger',
    invariant: 36,
    sql: `SELECT x.type AS subject, SUM(x.items) AS expected, SUM(x.booked) AS found FROM (
            SELECT a.type, a.currency, 0 AS items, -e.amount_minor AS booked FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.account_id
             WHERE a.brand_id = ? AND a.type IN ('clearing', 'cash', 'withheld')
            UNION ALL SELECT CASE WHEN state = 'PAID' THEN 'cash' ELSE 'clearing' END, currency, amount_minor, 0 FROM payout_item WHERE brand_id = ? AND state IN ('SENT', 'UNKNOWN', 'PAID')
            UNION ALL SELECT 'withheld', currency, tax_minor, 0 FROM payout_item WHERE brand_id = ? AND state IN ('SENT', 'UNKNOWN', 'PAID')) x
           GROUP BY x.type, x.currency HAVING SUM(x.items) <> SUM(x.booked)`,
    params: ({ brandId }) => [brandId, brandId, brandId],
  },
];

/** Everything there is, for whoever trusts no run before. */
export const fromTheBeginning = (brandId: Buffer): ControlScope => ({ brandId, afterTxn: Buffer.alloc(16), fromPeriod: '' });
