import { Entity } from 'typeorm';
import { CurrencyColumn, DateColumn, IdColumn, KeyColumn } from '@concentric/service-kit';

/** What is needed to place a later refund: date, channel and store of an order. The store is the one of its first line. */
@Entity('order_ref')
export class OrderRef {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn() brandId: string;
  @DateColumn() businessDate: string;
  @KeyColumn({ length: 32 }) channel: string;
  @CurrencyColumn() currency: string;
  @IdColumn() storeId: string;
}
