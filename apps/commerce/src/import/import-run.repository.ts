import { Injectable } from '@nestjs/common';
import type { ImportKind, RejectRow } from '@concentric/contracts';
import { execute, idIn, idOut, insertRows, int, type Tx } from '@concentric/service-kit';

/** An import as its job sees it. */
export interface ImportRun {
  importId: string;
  brandId: string;
  kind: ImportKind;
  format: 'csv' | 'ndjson';
  isGzip: boolean;
  channel: string | null;
  state: 'queued' | 'running' | 'completed' | 'failed';
  rowsRead: number;
  /** Records that are settled: a run that begins again skips as many. */
  recordsRead: number;
  faults: number;
  bytesTotal: number;
  createdBy: string;
}

export interface NewImport extends Pick<
  ImportRun,
  'importId' | 'brandId' | 'kind' | 'format' | 'isGzip' | 'channel' | 'bytesTotal' | 'createdBy'
> {
  name: string | null;
}

/** What one batch adds to an import. */
export interface ImportStep {
  records: number;
  rows: number;
  accepted: number;
  unchanged: number;
  rejected: number;
  /** How far in the file, in bytes as uploaded. */
  bytesRead: number;
  rejects: Omit<RejectRow, 'seq'>[];
}

const columns = [
  'import_id',
  'brand_id',
  'kind',
  'format',
  'gzip',
  'channel',
  'name',
  'state',
  'rows_read',
  'records_read',
  'accepted',
  'unchanged',
  'rejected',
  'faults',
  'bytes_read',
  'bytes_total',
  'created_by',
  'created_at',
];
const rejectColumns = ['import_id', 'seq', 'brand_id', 'line_no', 'record', 'field', 'code', 'reason', 'remedy'];

@Injectable()
export class ImportRunRepository {
  /** Notes an upload that waits to be read. @param now epoch ms */
  async insert(tx: Tx, run: NewImport, now: number): Promise<void> {
    const row = [
      idIn(run.importId),
      idIn(run.brandId),
      run.kind,
      run.format,
      run.isGzip ? 1 : 0,
      run.channel,
      run.name,
      'queued',
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      run.bytesTotal,
      run.createdBy,
      now,
    ];
    await insertRows(tx, 'import_run', columns, [row]);
  }

  /** Undefined when there is none of this id. */
  async find(tx: Tx, importId: string): Promise<ImportRun | undefined> {
    const sql =
      'SELECT brand_id, kind, format, gzip, channel, state, rows_read, records_read, faults, bytes_total, created_by FROM import_run WHERE import_id = ?';
    const rows: (Record<string, unknown> & {
      brand_id: Uint8Array;
      kind: ImportKind;
      format: ImportRun['format'];
      channel: string | null;
      state: ImportRun['state'];
      created_by: string;
    })[] = await tx.query(sql, [idIn(importId)]);
    const row = rows[0];
    if (!row) return undefined;
    return {
      importId,
      brandId: idOut(row.brand_id),
      kind: row.kind,
      format: row.format,
      isGzip: int(row['gzip']) === 1,
      channel: row.channel,
      state: row.state,
      rowsRead: int(row['rows_read']),
      recordsRead: int(row['records_read']),
      faults: int(row['faults']),
      bytesTotal: int(row['bytes_total']),
      createdBy: row.created_by,
    };
  }

  /** Notes when a run first began. @param now epoch ms */
  async start(tx: Tx, importId: string, now: number): Promise<void> {
    await tx.query(
      "UPDATE import_run SET state = 'running', started_at = COALESCE(started_at, ?) WHERE import_id = ? AND state IN ('queued', 'running')",
      [now, idIn(importId)],
    );
  }

  /**
   * Moves the checkpoint past one batch and keeps its rejects.
   * @returns false when the import is no longer where this run believes it to be: somebody else has taken it over
   */
  async advance(tx: Tx, run: ImportRun, step: ImportStep): Promise<boolean> {
    const sql = `UPDATE import_run SET records_read = records_read + ?, rows_read = rows_read + ?, accepted = accepted + ?, unchanged = unchanged + ?, rejected = rejected + ?, faults = faults + ?, bytes_read = ?
      WHERE import_id = ? AND records_read = ? AND state = 'running'`;
    const values = [
      step.records,
      step.rows,
      step.accepted,
      step.unchanged,
      step.rejected,
      step.rejects.length,
      step.bytesRead,
      idIn(run.importId),
      run.recordsRead,
    ];
    if ((await execute(tx, sql, values)) !== 1) return false;
    const rows = step.rejects.map((one, at) => [
      idIn(run.importId),
      run.faults + at + 1,
      idIn(run.brandId),
      one.line,
      one.record.slice(0, 100),
      one.field.slice(0, 300),
      one.code.slice(0, 64),
      one.reason.slice(0, 500),
      one.remedy.slice(0, 500),
    ]);
    await insertRows(tx, 'import_reject', rejectColumns, rows);
    return true;
  }

  /** Notes how a run ended. @param now epoch ms */
  async finish(tx: Tx, importId: string, end: { state: 'completed' | 'failed'; error: string | null }, now: number): Promise<void> {
    const bytes = end.state === 'completed' ? 'bytes_total' : 'bytes_read';
    await tx.query(
      `UPDATE import_run SET state = ?, error = ?, finished_at = ?, bytes_read = ${bytes} WHERE import_id = ? AND state = 'running'`,
      [end.state, end.error?.slice(0, 1000) ?? null, now, idIn(importId)],
    );
  }

  /** Rejects behind a sequence number, in order, a bounded number at a time. */
  async rejectsAfter(tx: Tx, importId: string, seq: number, limit: number): Promise<RejectRow[]> {
    const sql = `SELECT seq, line_no, record, field, code, reason, remedy FROM import_reject WHERE import_id = ? AND seq > ? ORDER BY seq LIMIT ${limit}`;
    const rows: Record<string, unknown>[] = await tx.query(sql, [idIn(importId), seq]);
    return rows.map(toReject);
  }
}

/** Reads a refused record from its row. */
export function toReject(row: Record<string, unknown>): RejectRow {
  return {
    seq: int(row['seq']),
    line: int(row['line_no']),
    record: String(row['record']),
    field: String(row['field']),
    code: String(row['code']),
    reason: String(row['reason']),
    remedy: String(row['remedy']),
  };
}
