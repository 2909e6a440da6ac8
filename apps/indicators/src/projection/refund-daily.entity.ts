import { Entity, Index } from 'typeorm';
import { CurrencyColumn, DateColumn, IdColumn, InstantColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';

/** Refunds by date of the order and by their own date: netted on the order, or counted when they happened. */
@Entity('refund_daily')
@Index('refund_daily_refunded_on', ['brandId', 'refundDate'])
export class RefundDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @DateColumn({ primary: true }) refundDate: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @IdColumn({ primary: true }) storeId: string;
  @CurrencyColumn({ primary: true }) currency: string;
  @InstantColumn() dateEndsAt: number;
  @MoneyColumn() refundedMinor: number;
}
