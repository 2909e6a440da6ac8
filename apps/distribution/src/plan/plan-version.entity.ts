import { IdColumn, InstantColumn, IntColumn, JsonColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('plan_version')
@Index('uq_plan_version', ['brandId', 'code', 'version'], { unique: true })
export class PlanVersionEntity {
  @IdColumn({ primary: true }) planVersionId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 32 }) code: string;
  @IntColumn() version: number;
  @TextColumn({ length: 100 }) name: string;
  @InstantColumn() validFrom: number;
  @IntColumn() budgetPpm: number;
  @JsonColumn() rules: unknown;
  @KeyColumn({ length: 64 }) contentHash: string;
  @IdColumn() authorId: string;
  @InstantColumn() createdAt: number;
}
