import { IdColumn, InstantColumn, IntColumn, JsonColumn, KeyColumn, PeriodColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('control_run')
export class ControlRunEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 8 }) occasion: string;
  @InstantColumn() checkedAt: number;
  @IntColumn() mismatches: number;
  @JsonColumn() findings: unknown;
  @IdColumn({ nullable: true }) throughTxn: string | null;
  @PeriodColumn({ nullable: true }) throughPeriod: string | null;
}
