import { IdColumn, InstantColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('plan_activation')
@Index('uq_plan_activation_start', ['brandId', 'validFrom'], { unique: true })
export class PlanActivationEntity {
  @IdColumn({ primary: true }) planVersionId: string;
  @IdColumn() brandId: string;
  @InstantColumn() validFrom: number;
  @IdColumn() authorId: string;
  @IdColumn() approverId: string;
  @InstantColumn() activatedAt: number;
}
