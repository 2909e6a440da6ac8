import { Injectable } from '@nestjs/common';
import { idIn, idOut, insertRows, int, type Tx } from '@concentric/service-kit';
import type { ControlFinding, ControlName } from '@concentric/contracts';
import { controls, fromTheBeginning, type ControlScope } from './control.rules';

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
  throughTxn: Buffer | null;
  throughPeriod: string | null;
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
    const scope = await this.scope(tx, brandId, occasion);
    const throughTxn = await this.newestTxn(tx);
    const throughPeriod = await this.newestPeriod(tx, brandId, 'accounting_period', 'SEALED');
    const mismatches = new Map<ControlName, number>();
    const findings: ControlFinding[] = [];
    for (const control of controls) {
      const rows: Record<string, unknown>[] = await tx.query(`${control.sql} LIMIT ${READ}`, control.params(scope));
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
    return { mismatches, findings, throughTxn, throughPeriod };
  }

  async save(
    tx: Tx,
    brandId: string,
    occasion: Occasion,
    checkedAt: number,
    { mismatches, findings, throughTxn, throughPeriod }: Outcome,
  ): Promise<void> {
    const total = [...mismatches.values()].reduce((sum, n) => sum + n, 0);
    const shown = controls.flatMap(({ name }) => findings.filter(({ control }) => control === name).slice(0, SHOWN));
    const content = JSON.stringify({ mismatches: Object.fromEntries(mismatches), findings: shown });
    // A run that found something looks at all of it again next time.
    const [columns, through] =
      total === 0
        ? [
            ['through_txn', 'through_period'],
            [throughTxn, throughPeriod],
          ]
        : [[], []];
    const set = ['occasion', 'checked_at', 'mismatches', 'findings', ...columns];
    await insertRows(tx, 'control_run', ['brand_id', ...set], [[idIn(brandId), occasion, checkedAt, total, content, ...through]], {
      key: ['brand_id'],
      set,
    });
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

  private async scope(tx: Tx, brandId: string, occasion: Occasion): Promise<ControlScope> {
    const all = fromTheBeginning(idIn(brandId));
    const rows: { through_txn: Buffer | null; through_period: string | null }[] = await tx.query(
      'SELECT through_txn, through_period FROM control_run WHERE brand_id = ?',
      [idIn(brandId)],
    );
    // Statements are built by closing: the next closing looks at those, and leaves what was voided since to the daily run.
    const fromPeriod =
      occasion === 'close' ? await this.newestPeriod(tx, brandId, 'settlement_run', 'DONE') : (rows[0]?.through_period ?? null);
    return { ...all, afterTxn: rows[0]?.through_txn ?? all.afterTxn, fromPeriod: fromPeriod ?? all.fromPeriod };
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
