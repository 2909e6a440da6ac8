import { CurrencyColumn, IdColumn, InstantColumn, KeyColumn, MoneyColumn, PeriodColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('adjustment')
@Index('uq_adjustment_source', ['sourceId'], { unique: true })
@Index('ix_adjustment_brand', ['brandId', 'state', 'proposedAt'])
@Index('ix_adjustment_partner', ['partnerId', 'periodId'])
@Index('ix_adjustment_line', ['lineId'])
export class AdjustmentEntity {
  @IdColumn({ primary: true }) adjustmentId: string;
  @IdColumn() brandId: string;
  @IdColumn() partnerId: string;
  @CurrencyColumn() currency: string;
  @KeyColumn({ length: 12 }) kind: string;
  @MoneyColumn() amountMinor: number;
  @PeriodColumn({ nullable: true }) originPeriod: string | null;
  @IdColumn({ nullable: true }) lineId: string | null;
  @IdColumn({ nullable: true }) statementId: string | null;
  @KeyColumn({ length: 16 }) source: string;
  @IdColumn() sourceId: string;
  @TextColumn({ length: 500 }) reason: string;
  @KeyColumn({ length: 8 }) state: string;
  @IdColumn() proposedBy: string;
  @InstantColumn() proposedAt: number;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
  @IdColumn({ nullable: true }) txnId: string | null;
  @PeriodColumn({ nullable: true }) periodId: string | null;
}
