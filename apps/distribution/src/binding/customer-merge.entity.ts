import { IdColumn, InstantColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('customer_merge')
@Index('ix_customer_merge_survivor', ['customerId'])
export class CustomerMergeEntity {
  @IdColumn({ primary: true }) retiredId: string;
  @IdColumn() brandId: string;
  @IdColumn() customerId: string;
  @InstantColumn() occurredAt: number;
  @IdColumn() orderId: string;
}
