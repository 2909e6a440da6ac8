import { IdColumn, InstantColumn, IntColumn, KeyColumn, MoneyColumn, PeriodColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('settlement_run')
@Index('uq_settlement_run', ['brandId', 'periodId'], { unique: true })
export class SettlementRunEntity {
  @IdColumn({ primary: true }) runId: string;
  @IdColumn() brandId: string;
  @PeriodColumn() periodId: string;
  @KeyColumn({ length: 8 }) state: string;
  @IntColumn() expected: number;
  @IntColumn() built: number;
  @IntColumn() parked: number;
  @MoneyColumn() minimumMinor: number;
  @InstantColumn() startedAt: number;
  @InstantColumn({ nullable: true }) finishedAt: number | null;
}
