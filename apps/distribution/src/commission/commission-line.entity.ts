import {
  CurrencyColumn,
  DateColumn,
  HashColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  PeriodColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('commission_line')
@Index('uq_commission_line', ['orderId', 'lineNo', 'role', 'kind', 'docSeq'], { unique: true })
@Index('ix_commission_line_partner', ['partnerId', 'originPeriod'])
@Index('ix_commission_line_brand', ['brandId', 'lineId'])
@Index('ix_commission_line_occurred', ['brandId', 'occurredAt', 'lineId'])
@Index('ix_commission_line_period', ['brandId', 'originPeriod', 'lineId'])
export class CommissionLineEntity {
  @IdColumn({ primary: true }) lineId: string;
  @IdColumn() brandId: string;
  @IdColumn() orderId: string;
  @IntColumn() lineNo: number;
  @KeyColumn({ length: 32 }) role: string;
  @KeyColumn({ length: 8 }) kind: string;
  @IntColumn() docSeq: number;
  @IdColumn() partnerId: string;
  @IdColumn() planVersionId: string;
  @IntColumn() ruleNo: number;
  @IdColumn({ nullable: true }) bindingId: string | null;
  @MoneyColumn() baseMinor: number;
  @IntColumn({ nullable: true }) ratePpm: number | null;
  @MoneyColumn({ nullable: true }) fixedMinor: number | null;
  @MoneyColumn({ nullable: true }) capMinor: number | null;
  @MoneyColumn() amountMinor: number;
  @CurrencyColumn() currency: string;
  @KeyColumn({ length: 32 }) channel: string;
  @InstantColumn() occurredAt: number;
  @DateColumn() originDate: string;
  @PeriodColumn() originPeriod: string;
  @PeriodColumn() periodId: string;
  @KeyColumn({ length: 8 }) against: string;
  @IdColumn({ nullable: true }) reversesId: string | null;
  @IdColumn({ nullable: true }) refundId: string | null;
  @IdColumn({ nullable: true }) txnId: string | null;
  @JsonColumn() chain: unknown;
  @HashColumn() lineHash: Buffer;
}
