import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, MoneyColumn } from '@concentric/service-kit';

/** A refund of an order. While there is no purchase of that order, it is parked: it counts once the order arrives. */
@Entity('purchase_refund')
export class PurchaseRefund {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn({ primary: true }) refundId: string;
  @IdColumn() brandId: string;
  @InstantColumn() occurredAt: number;
  @MoneyColumn() amountMinor: number;
}
