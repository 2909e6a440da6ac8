import { DateColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('recalculation')
@Index('ix_recalculation_brand', ['brandId', 'proposedAt', 'recalculationId'])
export class RecalculationEntity {
  @IdColumn({ primary: true }) recalculationId: string;
  @IdColumn() brandId: string;
  @IdColumn() planVersionId: string;
  @DateColumn() fromDate: string;
  @DateColumn() toDate: string;
  @TextColumn({ length: 500 }) reason: string;
  @KeyColumn({ length: 12 }) state: string;
  /** Runs over some of the same dates that had been decided on when this one was begun. */
  @IntColumn() overlapping: number;
  @IntColumn() orders: number;
  @IntColumn() ordersDone: number;
  /** The last order that was compared, in order of occurrence. */
  @InstantColumn({ nullable: true }) doneUntil: number | null;
  @KeyColumn({ length: 100, nullable: true }) doneExternalId: string | null;
  @IntColumn() lines: number;
  @IntColumn() skippedOrders: number;
  @IntColumn() adjustments: number;
  @IntColumn() adjustmentsBooked: number;
  @IdColumn() proposedBy: string;
  @InstantColumn() proposedAt: number;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
}
