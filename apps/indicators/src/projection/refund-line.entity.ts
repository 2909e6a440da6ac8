import { Entity } from 'typeorm';
import { DateColumn, IdColumn, IntColumn, MoneyColumn } from '@concentric/service-kit';

/** A refunded line. While there is no `order_ref` of its order it is parked: it counts once the order arrives. */
@Entity('refund_line')
export class RefundLine {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn({ primary: true }) refundId: string;
  @IntColumn({ primary: true }) lineNo: number;
  @DateColumn() refundDate: string;
  @MoneyColumn() amountMinor: number;
}
