import { BigIntColumn, DateColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** The newest seal of a channel and business date; earlier revisions are in the archive of events. */
@Entity('intake_seal')
@Index('intake_seal_by_date', ['brandId', 'businessDate'])
export class IntakeSealEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @DateColumn({ primary: true }) businessDate: string;
  @IntColumn() revision: number;
  @BigIntColumn() orders: number;
  @BigIntColumn() refunds: number;
  @MoneyColumn() paidMinor: number;
  @MoneyColumn() refundedMinor: number;
  @InstantColumn() sealedAt: number;
}
