import {
  BigIntColumn,
  CurrencyColumn,
  DateColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  MoneyColumn,
  PeriodColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('commission_state')
@Index('ix_commission_state_due', ['brandId', 'state', 'matureAt', 'partnerId'])
@Index('ix_commission_state_statement', ['brandId', 'maturedPeriod', 'partnerId', 'currency', 'maturedMinor', 'lineCheck'])
export class CommissionStateEntity {
  @IdColumn({ primary: true }) lineId: string;
  @IdColumn() brandId: string;
  @IdColumn() partnerId: string;
  @KeyColumn({ length: 8 }) state: string;
  @InstantColumn() matureAt: number;
  @MoneyColumn() earnedMinor: number;
  @MoneyColumn() reversedMinor: number;
  @MoneyColumn() netMinor: number;
  @MoneyColumn() refundedMinor: number;
  @MoneyColumn() maturedMinor: number;
  @PeriodColumn({ nullable: true }) maturedPeriod: string | null;
  /** What matured together; names the posting. */
  @IdColumn({ nullable: true }) maturityId: string | null;
  @KeyColumn({ length: 32 }) role: string;
  @KeyColumn({ length: 32 }) channel: string;
  @DateColumn() originDate: string;
  @PeriodColumn() originPeriod: string;
  @CurrencyColumn() currency: string;
  @BigIntColumn() lineCheck: number;
}
