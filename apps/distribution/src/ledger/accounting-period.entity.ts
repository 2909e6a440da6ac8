import { IdColumn, InstantColumn, KeyColumn, LongTextColumn, PeriodColumn, TextColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('accounting_period')
export class AccountingPeriodEntity {
  @IdColumn({ primary: true }) brandId: string;
  @PeriodColumn({ primary: true }) periodId: string;
  @KeyColumn({ length: 8 }) state: string;
  @InstantColumn() startsAt: number;
  @InstantColumn() endsAt: number;
  @IdColumn({ nullable: true }) closingStartedBy: string | null;
  @InstantColumn({ nullable: true }) closedAt: number | null;
  @IdColumn({ nullable: true }) closedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) overrideReason: string | null;
  /** What that reason was given for, with spaces between: codes of obstacles, and the ids of any number of withholding rules. */
  @LongTextColumn({ nullable: true }) excused: string | null;
  @KeyColumn({ length: 64, nullable: true }) seal: string | null;
}
