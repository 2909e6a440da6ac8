import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { importListQuery, importQuery, ImportRow, listQuery, RejectRow } from '@concentric/contracts';
import {
  Clock,
  Database,
  idIn,
  idOut,
  int,
  Jobs,
  KeysetList,
  namedId,
  newId,
  notFound,
  unknownBrand,
  iso,
  isoOrNull,
  type Operator,
  type Page,
  type SqlFragment,
} from '@concentric/service-kit';
import type { z } from 'zod';
import { BrandRepository } from '../brand/brand.repository';
import { codeOf, ImportFileRepository } from './import-file.repository';
import { ImportRunRepository, toReject } from './import-run.repository';
import { emptyFile, uploadCut } from './import.errors';
import { rejectHeader, rejectRows } from './reject-file.rules';

const select =
  'SELECT import_id, kind, format, name, state, rows_read, accepted, unchanged, rejected, bytes_read, bytes_total, created_at, started_at, finished_at, error FROM import_run';
const imports = new KeysetList<ImportRow>({
  select,
  sorts: { createdAt: { column: 'created_at', type: 'int', notNull: true } },
  defaultSort: '-createdAt',
  key: 'import_id',
  row: toImport,
});
const rejects = new KeysetList<RejectRow>({
  select: 'SELECT seq, line_no, record, field, code, reason, remedy FROM import_reject',
  sorts: { seq: { column: 'seq', type: 'int', notNull: true } },
  defaultSort: 'seq',
  key: 'seq',
  keyType: 'int',
  row: toReject,
});

/** Takes files in and shows what became of them; the reading is the job's. */
@Injectable()
export class ImportService {
  constructor(
    private readonly runs: ImportRunRepository,
    private readonly files: ImportFileRepository,
    private readonly brands: BrandRepository,
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Stores an upload and asks for it to be read. Raises empty_file (400), upload_incomplete (409), unknown_brand (404). */
  async upload(operator: Operator, brandId: string, query: z.output<typeof importQuery>, body: Readable): Promise<{ importId: string }> {
    if (!(await this.database.read((tx) => this.brands.find(tx, brandId)))) throw unknownBrand(brandId);
    const importId = newId(this.clock);
    const bytesTotal = await this.files.write(importId, body).catch((error: unknown) => {
      throw isCut(error) ? uploadCut() : error;
    });
    if (bytesTotal === 0) {
      await this.files.remove(importId);
      throw emptyFile();
    }
    await this.database.transaction(async (tx) => {
      const { kind, format, gzip, channel, name } = query;
      await this.runs.insert(
        tx,
        {
          importId,
          brandId,
          kind,
          format,
          isGzip: gzip === '1',
          channel: channel ?? null,
          name: name || null,
          bytesTotal,
          createdBy: operator.id,
        },
        this.clock.now(),
      );
      await this.jobs.enqueue(tx, 'import-file', importId, { importId });
    });
    return { importId };
  }

  list(brandId: string, query: z.output<typeof importListQuery>): Promise<Page<ImportRow>> {
    const where: SqlFragment[] = [{ sql: 'brand_id = ?', params: [idIn(brandId)] }];
    if (query.kind) where.push({ sql: 'kind = ?', params: [query.kind] });
    if (query.state) where.push({ sql: 'state = ?', params: [query.state] });
    return this.database.read((tx) => imports.page(tx, { query, where }));
  }

  /** @throws import_not_found (404) */
  async get(brandId: string, importId: string): Promise<ImportRow> {
    const rows: Record<string, unknown>[] = await this.database.read((tx) =>
      tx.query(`${select} WHERE import_id = ? AND brand_id = ?`, [idIn(importId), idIn(brandId)]),
    );
    if (!rows[0]) throw notFound('import', importId);
    const found = toImport(rows[0]);
    if (found.state === 'completed' || found.state === 'failed') return found;
    // A job that gave up, after the database was away for long, cannot say so in the import itself.
    const job = await this.jobs.find(jobId(importId));
    return job?.state === 'failed'
      ? {
          ...found,
          state: 'failed',
          error:
            `The import was given up after ${job.attempts} attempts: ${job.error ?? 'unknown'}. Resume it once the cause is gone.`.slice(
              0,
              1000,
            ),
        }
      : found;
  }

  /**
   * Goes on with an import whose job was given up, behind what has been taken in. One that is at work is left alone.
   * @throws import_not_found (404)
   */
  async resume(brandId: string, importId: string): Promise<ImportRow> {
    await this.get(brandId, importId);
    await this.database.transaction((tx) => this.jobs.retry(tx, jobId(importId)));
    return this.get(brandId, importId);
  }

  /** @throws import_not_found (404) */
  async rejects(brandId: string, importId: string, query: z.output<typeof listQuery>): Promise<Page<RejectRow>> {
    await this.get(brandId, importId);
    return this.database.read((tx) => rejects.page(tx, { query, where: [{ sql: 'import_id = ?', params: [idIn(importId)] }] }));
  }

  /** Every reject as CSV text, piece by piece. */
  async *rejectFile(importId: string): AsyncGenerator<string> {
    yield rejectHeader();
    for (let seq = 0; ;) {
      const page = await this.database.read((tx) => this.runs.rejectsAfter(tx, importId, seq, 500));
      if (page.length === 0) return;
      seq = page.at(-1)?.seq ?? seq;
      yield rejectRows(page);
    }
  }
}

function jobId(importId: string): string {
  return namedId(`job/import-file/${importId}`);
}

function isCut(error: unknown): boolean {
  return ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(codeOf(error));
}

function toImport(row: Record<string, unknown>): ImportRow {
  return {
    importId: row['import_id'] instanceof Uint8Array ? idOut(row['import_id']) : '',
    kind: row['kind'] as ImportRow['kind'],
    format: row['format'] as ImportRow['format'],
    name: row['name'] === null ? null : String(row['name']),
    state: row['state'] as ImportRow['state'],
    rowsRead: int(row['rows_read']),
    accepted: int(row['accepted']),
    unchanged: int(row['unchanged']),
    rejected: int(row['rejected']),
    bytesRead: int(row['bytes_read']),
    bytesTotal: int(row['bytes_total']),
    createdAt: iso(row['created_at']),
    startedAt: isoOrNull(row['started_at']),
    finishedAt: isoOrNull(row['finished_at']),
    error: row['error'] === null ? null : String(row['error']),
  };
}
