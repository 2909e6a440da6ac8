import { CurrencyColumn, IdColumn, IntColumn, KeyColumn, MoneyColumn, PeriodColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** A share that the plan version would have made different. */
@Entity('recalculation_line')
@Index('uq_recalculation_line', ['orderId', 'lineNo', 'role', 'partnerId', 'recalculationId'], { unique: true })
@Index('ix_recalculation_line_run', ['recalculationId', 'partnerId', 'differenceId'])
export class RecalculationLineEntity {
  @IdColumn({ primary: true }) differenceId: string;
  @IdColumn() recalculationId: string;
  @IdColumn() orderId: string;
  @IntColumn() lineNo: number;
  @KeyColumn({ length: 32 }) role: string;
  @IdColumn() partnerId: string;
  @CurrencyColumn() currency: string;
  @PeriodColumn() originPeriod: string;
  @IdColumn({ nullable: true }) lineId: string | null;
  @MoneyColumn() expectedMinor: number;
  @MoneyColumn() bookedMinor: number;
  @MoneyColumn() differenceMinor: number;
}
