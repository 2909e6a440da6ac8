import { Entity } from 'typeorm';
import { BigIntColumn, CurrencyColumn, DateColumn, IdColumn, InstantColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';

/** Sales by date of the order and store of the line; commissionable amounts as distribution tells them. */
@Entity('sales_daily')
export class SalesDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @IdColumn({ primary: true }) storeId: string;
  @CurrencyColumn({ primary: true }) currency: string;
  @InstantColumn() dateEndsAt: number;
  @BigIntColumn() orders: number;
  @MoneyColumn() paidMinor: number;
  @MoneyColumn() commissionableMinor: number;
  @MoneyColumn() commissionableRefundedMinor: number;
}
