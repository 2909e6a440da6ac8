import { Injectable } from '@nestjs/common';
import type { RejectRow } from '@concentric/contracts';
import { Clock, crashPoint, Database, FencedOff, Job, type JobRun } from '@concentric/service-kit';
import { LineSplitter } from '@concentric/service-kit/csv';
import { IntakeService } from '../intake/intake.service';
import { CsvReader } from './csv-reader.rules';
import { lineOf, type FileRecord, type RecordReader } from './file-record.rules';
import { ImportFileRepository } from './import-file.repository';
import { ImportRunRepository, type ImportRun, type ImportStep } from './import-run.repository';
import { UnreadableFile } from './import.errors';
import { NdjsonReader } from './ndjson-reader.rules';

const batchSize = 500;

/**
 * Reads an uploaded file into the same intake that HTTP uses. The checkpoint moves in the transaction of each batch,
 * so whenever the process dies, the next run goes on behind the last batch that counts.
 */
@Injectable()
export class ImportFileJob {
  constructor(
    private readonly runs: ImportRunRepository,
    private readonly files: ImportFileRepository,
    private readonly intake: IntakeService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Job('import-file')
  async run(payload: { importId: string }, job: JobRun): Promise<void> {
    await this.database.transaction((tx) => this.runs.start(tx, payload.importId, this.clock.now()));
    const run = await this.database.read((tx) => this.runs.find(tx, payload.importId));
    if (run?.state === 'running') await this.finish(run, await this.readAll(run, job), job);
    await this.files.remove(payload.importId);
  }

  /** @returns why the file cannot be read, or null when it was read to its end */
  private async readAll(run: ImportRun, job: JobRun): Promise<string | null> {
    try {
      const reader = readerOf(run);
      const splitter = new LineSplitter();
      let open: FileRecord[] = [];
      let skip = run.recordsRead;
      let bytesRead = 0;
      const take = async (records: FileRecord[], isEnd: boolean) => {
        const skipped = Math.min(skip, records.length);
        skip -= skipped;
        open = [...open, ...records.slice(skipped)];
        let from = 0;
        for (; open.length - from >= batchSize || (isEnd && from < open.length); from += batchSize)
          await this.store(run, open.slice(from, from + batchSize), bytesRead, job);
        open = open.slice(from);
      };
      for await (const piece of this.files.read(run.importId, run.isGzip)) {
        bytesRead = piece.bytesRead;
        await take(reader.push(splitter.push(piece.text)), false);
      }
      await take([...reader.push(splitter.end()), ...reader.end()], true);
      return null;
    } catch (error) {
      if (error instanceof UnreadableFile) return error.message;
      throw error;
    }
  }

  private async store(run: ImportRun, records: readonly FileRecord[], bytesRead: number, job: JobRun): Promise<void> {
    const sound = records.filter((record) => record.faults.length === 0);
    const batch = this.intake.prepare(
      run.kind,
      run.brandId,
      sound.map((record) => record.item),
      run.createdBy,
    );
    const step = await this.intake.retryRace(() =>
      this.database.transaction(async (tx) => {
        await job.heartbeat(tx);
        const result = await batch(tx);
        const rejects = records.flatMap((record) => record.faults.map((error) => toReject(record, record.name, error)));
        for (const { index, externalId, errors } of result.rejected) {
          const record = sound[index];
          if (record) for (const error of errors) rejects.push(toReject(record, externalId || record.name, error));
        }
        const made: ImportStep = {
          records: records.length,
          rows: records.reduce((rows, record) => rows + record.lines.length, 0),
          accepted: result.accepted,
          unchanged: result.unchanged,
          rejected: result.rejected.length + records.length - sound.length,
          bytesRead,
          rejects: rejects.sort((a, b) => a.line - b.line),
        };
        if (!(await this.runs.advance(tx, run, made))) throw new FencedOff(`import ${run.importId}`);
        return made;
      }),
    );
    run.recordsRead += step.records;
    run.faults += step.rejects.length;
    crashPoint('import-batch-committed');
  }

  private async finish(run: ImportRun, error: string | null, job: JobRun): Promise<void> {
    await this.database.transaction(async (tx) => {
      await job.heartbeat(tx);
      await this.runs.finish(tx, run.importId, { state: error === null ? 'completed' : 'failed', error }, this.clock.now());
    });
  }
}

function readerOf(run: ImportRun): RecordReader {
  const defaults = run.channel === null ? {} : { channel: run.channel };
  return run.format === 'csv' ? new CsvReader(run.kind, defaults) : new NdjsonReader(defaults);
}

function toReject(record: FileRecord, name: string, error: FileRecord['faults'][number]): Omit<RejectRow, 'seq'> {
  return {
    line: lineOf(record, error),
    record: name,
    field: error.field,
    code: error.code,
    reason: error.message,
    remedy: error.remedy ?? '',
  };
}
