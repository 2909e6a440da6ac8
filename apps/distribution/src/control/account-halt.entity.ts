import { IdColumn, InstantColumn, MoneyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('account_halt')
@Index('ix_account_halt_brand', ['brandId', 'releasedAt'])
export class AccountHaltEntity {
  @IdColumn({ primary: true }) haltId: string;
  @IdColumn() brandId: string;
  @IdColumn() accountId: string;
  @MoneyColumn() balanceMinor: number;
  @MoneyColumn() entriesMinor: number;
  @InstantColumn() haltedAt: number;
  @IdColumn({ nullable: true }) releasedBy: string | null;
  @InstantColumn({ nullable: true }) releasedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) reason: string | null;
}
