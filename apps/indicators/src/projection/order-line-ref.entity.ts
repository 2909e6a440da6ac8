import { Entity } from 'typeorm';
import { IdColumn, IntColumn } from '@concentric/service-kit';

/** The store of a line that is another one than that of the order. */
@Entity('order_line_ref')
export class OrderLineRef {
  @IdColumn({ primary: true }) orderId: string;
  @IntColumn({ primary: true }) lineNo: number;
  @IdColumn() storeId: string;
}
