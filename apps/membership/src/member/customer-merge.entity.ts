import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn } from '@concentric/service-kit';

/** The record of two persons having turned out to be one; kept for ever. */
@Entity('customer_merge')
@Index('customer_merge_into', ['intoCustomerId'])
export class CustomerMerge {
  /** A person is retired at most once. */
  @IdColumn({ primary: true }) fromCustomerId: string;
  @IdColumn() mergeId: string;
  @IdColumn() brandId: string;
  @IdColumn() intoCustomerId: string;
  @InstantColumn() occurredAt: number;
  /** The order that carried the identities of both. */
  @IdColumn({ nullable: true }) orderId: string | null;
}
