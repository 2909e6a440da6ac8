import { BigIntColumn, FlagColumn, IdColumn, InstantColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** One uploaded file. The counts move in the transaction of each batch, so they say exactly how far it has come. */
@Entity('import_run')
@Index('import_run_by_time', ['brandId', 'createdAt'])
export class ImportRunEntity {
  @IdColumn({ primary: true }) importId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 16 }) kind: string;
  @KeyColumn({ length: 16 }) format: string;
  @FlagColumn() gzip: boolean;
  @KeyColumn({ length: 32, nullable: true }) channel: string | null;
  @TextColumn({ length: 200, nullable: true }) name: string | null;
  @KeyColumn({ length: 16 }) state: string;
  @BigIntColumn() rowsRead: number;
  /** Records settled: where a run begins again. */
  @BigIntColumn() recordsRead: number;
  @BigIntColumn() accepted: number;
  @BigIntColumn() unchanged: number;
  @BigIntColumn() rejected: number;
  /** Rows of import_reject: a refused record may have several things wrong with it. */
  @BigIntColumn() faults: number;
  @BigIntColumn() bytesRead: number;
  @BigIntColumn() bytesTotal: number;
  @KeyColumn({ length: 100 }) createdBy: string;
  @InstantColumn() createdAt: number;
  @InstantColumn({ nullable: true }) startedAt: number | null;
  @InstantColumn({ nullable: true }) finishedAt: number | null;
  @TextColumn({ length: 1000, nullable: true }) error: string | null;
}

/** One thing wrong with one record of a file. */
@Entity('import_reject')
export class ImportRejectEntity {
  @IdColumn({ primary: true }) importId: string;
  @BigIntColumn({ primary: true }) seq: number;
  @IdColumn() brandId: string;
  @BigIntColumn() lineNo: number;
  @TextColumn({ length: 100 }) record: string;
  @TextColumn({ length: 300 }) field: string;
  @KeyColumn({ length: 64 }) code: string;
  @TextColumn({ length: 500 }) reason: string;
  @TextColumn({ length: 500 }) remedy: string;
}
