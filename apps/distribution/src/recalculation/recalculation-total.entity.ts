import { CurrencyColumn, IdColumn, IntColumn, MoneyColumn, PeriodColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** What one adjustment says. */
@Entity('recalculation_total')
@Index('uq_recalculation_total', ['recalculationId', 'partnerId', 'currency', 'originPeriod'], { unique: true })
@Index('ix_recalculation_total_open', ['recalculationId', 'adjustmentId', 'totalId'])
export class RecalculationTotalEntity {
  @IdColumn({ primary: true }) totalId: string;
  @IdColumn() recalculationId: string;
  @IdColumn() partnerId: string;
  @CurrencyColumn() currency: string;
  @PeriodColumn() originPeriod: string;
  @IntColumn() lines: number;
  @MoneyColumn() expectedMinor: number;
  @MoneyColumn() bookedMinor: number;
  @MoneyColumn() differenceMinor: number;
  @IdColumn({ nullable: true }) adjustmentId: string | null;
}
