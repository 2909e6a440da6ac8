import { IdColumn, InstantColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('customer_merge')
export class CustomerMergeEntity {
  @IdColumn({ primary: true }) retiredId: string;
  @IdColumn() brandId: string;
  @IdColumn() customerId: string;
  @InstantColumn() occurredAt: number;
  @IdColumn() orderId: string;
}
