import { IdColumn, InstantColumn, IntColumn, KeyColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('bank_file')
@Index('uq_bank_file_hash', ['brandId', 'sha256'], { unique: true })
@Index('ix_bank_file_brand', ['brandId', 'importedAt', 'fileId'])
export class BankFileEntity {
  @IdColumn({ primary: true }) fileId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 64 }) sha256: string;
  @IntColumn() lines: number;
  @IntColumn() linesDone: number;
  @IntColumn() matchedLines: number;
  @IntColumn() unmatchedLines: number;
  @IntColumn() duplicateLines: number;
  @IntColumn() conflictLines: number;
  @IdColumn() importedBy: string;
  @InstantColumn() importedAt: number;
}
