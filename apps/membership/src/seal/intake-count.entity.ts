import { Entity, Index } from 'typeorm';
import { DateColumn, IdColumn, IntColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';

/** What has been taken in of one channel and business date, beside the newest seal that commerce has set on it. */
@Entity('intake_count')
@Index('intake_count_date', ['businessDate'])
export class IntakeCount {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @DateColumn({ primary: true }) businessDate: string;
  @IntColumn() orders: number;
  @IntColumn() refunds: number;
  @MoneyColumn() paidMinor: number;
  @MoneyColumn() refundedMinor: number;
  /** 0: not sealed yet. */
  @IntColumn() sealRevision: number;
  @IntColumn() sealOrders: number;
  @IntColumn() sealRefunds: number;
  @MoneyColumn() sealPaidMinor: number;
  @MoneyColumn() sealRefundedMinor: number;
  /** Revision of the seal that has been passed on; 0: none. */
  @IntColumn() passedRevision: number;
}
