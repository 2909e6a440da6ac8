import { IdColumn, InstantColumn, JsonColumn, KeyColumn, MoneyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('dispute')
@Index('uq_dispute_statement', ['statementId'], { unique: true })
@Index('ix_dispute_brand', ['brandId', 'state', 'openedAt'])
@Index('ix_dispute_partner', ['partnerId'])
export class DisputeEntity {
  @IdColumn({ primary: true }) disputeId: string;
  @IdColumn() brandId: string;
  @IdColumn() statementId: string;
  @IdColumn() partnerId: string;
  @KeyColumn({ length: 8 }) state: string;
  @JsonColumn() items: unknown;
  @TextColumn({ length: 500 }) reason: string;
  @IdColumn() openedBy: string;
  @InstantColumn() openedAt: number;
  @KeyColumn({ length: 8, nullable: true }) resolution: string | null;
  @MoneyColumn({ nullable: true }) amountMinor: number | null;
  @IdColumn({ nullable: true }) proposedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) proposalReason: string | null;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @IdColumn({ nullable: true }) adjustmentId: string | null;
}
