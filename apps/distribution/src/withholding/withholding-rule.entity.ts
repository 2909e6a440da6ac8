import {
  CurrencyColumn,
  DateColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('withholding_rule')
@Index('ix_withholding_rule_brand', ['brandId', 'validFrom'])
export class WithholdingRuleEntity {
  @IdColumn({ primary: true }) ruleId: string;
  @KeyColumn({ primary: true, length: 16 }) partnerType: string;
  @IdColumn() brandId: string;
  @CurrencyColumn() currency: string;
  @DateColumn() validFrom: string;
  @MoneyColumn() exemptMinor: number;
  @MoneyColumn() deductMinor: number;
  @IntColumn() ratePpm: number;
  @KeyColumn({ length: 8 }) state: string;
  @TextColumn({ length: 500 }) reason: string;
  @IdColumn() proposedBy: string;
  @InstantColumn() proposedAt: number;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
}
