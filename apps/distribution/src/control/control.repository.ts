import { Injectable } from '@nestjs/common';
import { execute, idIn, idOut, insertRows, int, rowLock, type Tx } from '@concentric/service-kit';
import type { ControlFinding, ControlName } from '@concentric/contracts';
import { controls, type Control, type ControlScope } from './control.rules';

/** No more rows of a control are read than this: by then it is plain that something is very wrong. */
const READ = 10_000;
/** Of each control so many findings are kept. */
const SHOWN = 20;
/** Clocks of replicas may be apart by less than this (ms): ids of transactions that commit late are not greater than what has been looked at. */
const OVERLAP = 3_600_000;

export type Occasion = 'daily' | 'close' | 'asked';

/** What a run found, and up to where nothing has to be looked at again when it found nothing. */
export interface Outcome {
  mismatches: ReadonlyMap<ControlName, number>;
  findings: ControlFinding[];
  /** Where the run before had ended; null: it looked from the first entry. */
  afterTxn: Buffer | null;
  throughTxn: Buffer | null;
  throughPeriod: string | null;
  /** What is carried forward led to the same as the entries themselves. */
  isCarried: boolean;
}

export interface LastRun {
  checkedAt: number;
  occasion: Occasion;
  total: number;
  mismatches: ReadonlyMap<ControlName, number>;
  findings: ControlFinding[];
}

/** Runs the controls of a brand and remembers the last run. */
@Injectable()
export class ControlRepository {
  /** Each control is one statement and sees the books as of one moment, while posting goes on. */
  async look(tx: Tx, brandId: string, occasion: Occasion): Promise<Outcome> {
    const { afterTxn, ...scope } = await this.scope(tx, brandId, occasion);
    // Who asks wants balances to be added up from the first entry; on every day it is enough to go on from the run before.
    let isCarried = occasion !== 'asked' && afterTxn !== null;
    const throughTxn = await this.newestTxn(tx);
    const throughPeriod = await this.newestPeriod(tx, brandId, 'accounting_period', 'SEALED');
    const mismatches = new Map<ControlName, number>();
    const findings: ControlFinding[] = [];
    for (const control of controls) {
      const look = (from: Pick<Control, 'sql' | 'params'>): Promise<Record<string, unknown>[]> =>
        tx.query(`${from.sql} LIMIT ${READ}`, from.params({ ...scope, afterTxn: afterTxn ?? Buffer.alloc(16) }));
      let rows: Record<string, unknown>[] = control.carried && isCarried ? await look(control.carried) : await look(control);
      if (control.carried && isCarried && rows.length > 0) {
        isCarried = false;
        rows = await look(control);
      }
      mismatches.set(control.name, rows.length);
      // Every account that differs is to be halted, so all of these are needed.
      const kept = control.name === 'account_balance' ? rows : rows.slice(0, SHOWN);
      findings.push(
        ...kept.map((row) => ({
          control: control.name,
          subject: subjectOf(row.subject),
          expected: String(row.expected),
          found: String(row.found),
        })),
      );
    }
    return { mismatches, findings, afterTxn, throughTxn, throughPeriod, isCarried };
  }

  async save(tx: Tx, brandId: string, occasion: Occasion, checkedAt: number, outcome: Outcome): Promise<void> {
    const { mismatches, findings } = outcome;
    const total = [...mismatches.values()].reduce((sum, n) => sum + n, 0);
    const shown = controls.flatMap(({ name }) => findings.filter(({ control }) => control === name).slice(0, SHOWN));
    const content = JSON.stringify({ mismatches: Object.fromEntries(mismatches), findings: shown });
    const set = ['occasion', 'checked_at', 'mismatches', 'findings'];
    await insertRows(tx, 'control_run', ['brand_id', ...set], [[idIn(brandId), occasion, checkedAt, total, content]], {
      key: ['brand_id'],
      set,
    });
    // A run that found something looks at all of it again next time.
    if (total === 0) await this.carryForward(tx, idIn(brandId), outcome);
  }

  /** Notes up to where nothing has to be looked at again, and what the accounts come to there. Of two runs at once the first does. */
  private async carryForward(tx: Tx, brandId: Buffer, { afterTxn, throughTxn, throughPeriod, isCarried }: Outcome): Promise<void> {
    const [run]: { through_txn: Buffer | null }[] = await tx.query(
      `SELECT through_txn FROM control_run WHERE brand_id = ?${rowLock(tx, 'update')}`,
      [brandId],
    );
    const isFirst = (run?.through_txn ?? null)?.toString('hex') === afterTxn?.toString('hex');
    if (throughTxn === null || !isFirst) return;
    // SQLite takes tables in the order of a CROSS JOIN: entries by their transactions, not account by account.
    const sums = `SELECT e.account_id, SUM(e.amount_minor) AS minor, COUNT(*) AS n FROM ledger_entry e CROSS JOIN ledger_account a
                   WHERE a.account_id = e.account_id AND a.brand_id = ? AND e.txn_id > ? AND e.txn_id <= ? GROUP BY e.account_id ORDER BY e.account_id`;
    const from = isCarried ? afterTxn : null;
    const moved: { account_id: Buffer; minor: unknown; n: unknown }[] = await tx.query(sums, [
      brandId,
      from ?? Buffer.alloc(16),
      throughTxn,
    ]);
    const rows = moved.map(({ account_id: accountId, minor, n }) => [accountId, int(minor), int(n)]);
    const figures = ['balance_minor', 'entries'];
    const onDuplicate = { key: ['account_id'], ...(from === null ? { set: figures } : { add: figures }) };
    await insertRows(tx, 'carried_balance', ['account_id', ...figures], rows, onDuplicate);
    await execute(tx, 'UPDATE control_run SET through_txn = ?, through_period = ? WHERE brand_id = ?', [
      throughTxn,
      throughPeriod,
      brandId,
    ]);
  }

  async last(tx: Tx, brandId: string): Promise<LastRun | null> {
    const rows: Record<string, unknown>[] = await tx.query(
      'SELECT occasion, checked_at, mismatches, findings FROM control_run WHERE brand_id = ?',
      [idIn(brandId)],
    );
    const row = rows[0];
    if (!row) return null;
    const { mismatches, findings } = JSON.parse(row.findings as string) as {
      mismatches: Record<ControlName, number>;
      findings: ControlFinding[];
    };
    return {
      checkedAt: int(row.checked_at),
      occasion: row.occasion as Occasion,
      total: int(row.mismatches),
      mismatches: new Map(Object.entries(mismatches) as [ControlName, number][]),
      findings,
    };
  }

  /** How much the last run of a brand found: one row by its key. */
  async mismatches(tx: Tx, brandId: string): Promise<number> {
    const rows: { mismatches: unknown }[] = await tx.query('SELECT mismatches FROM control_run WHERE brand_id = ?', [idIn(brandId)]);
    return int(rows[0]?.mismatches ?? 0);
  }

  /** Over all brands, for the metric. */
  async allMismatches(tx: Tx): Promise<number> {
    const rows: { n: unknown }[] = await tx.query('SELECT COALESCE(SUM(mismatches), 0) AS n FROM control_run');
    return int(rows[0]!.n);
  }

  private async scope(tx: Tx, brandId: string, occasion: Occasion): Promise<Omit<ControlScope, 'afterTxn'> & { afterTxn: Buffer | null }> {
    const rows: { through_txn: Buffer | null; through_period: string | null }[] = await tx.query(
      'SELECT through_txn, through_period FROM control_run WHERE brand_id = ?',
      [idIn(brandId)],
    );
    // Statements are built by closing: the next closing looks at those, and leaves what was voided since to the daily run.
    const fromPeriod =
      occasion === 'close' ? await this.newestPeriod(tx, brandId, 'settlement_run', 'DONE') : (rows[0]?.through_period ?? null);
    return { brandId: idIn(brandId), afterTxn: rows[0]?.through_txn ?? null, fromPeriod: fromPeriod ?? '' };
  }

  private async newestTxn(tx: Tx): Promise<Buffer | null> {
    const rows: { txn_id: Buffer }[] = await tx.query('SELECT txn_id FROM ledger_txn ORDER BY txn_id DESC LIMIT 1');
    if (!rows[0]) return null;
    const before = Buffer.alloc(16);
    before.writeUIntBE(Math.max(0, rows[0].txn_id.readUIntBE(0, 6) - OVERLAP), 0, 6);
    return before;
  }

  private async newestPeriod(
    tx: Tx,
    brandId: string,
    table: 'accounting_period' | 'settlement_run',
    state: string,
  ): Promise<string | null> {
    const rows: { period_id: string | null }[] = await tx.query(
      `SELECT MAX(period_id) AS period_id FROM ${table} WHERE brand_id = ? AND state = ?`,
      [idIn(brandId), state],
    );
    return rows[0]?.period_id ?? null;
  }
}

function subjectOf(value: unknown): string {
  return value instanceof Uint8Array ? idOut(value) : String(value);
}
