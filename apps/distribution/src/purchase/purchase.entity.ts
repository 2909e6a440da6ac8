import { DateColumn, IdColumn, InstantColumn, IntColumn, JsonColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('purchase')
@Index('ix_purchase_queue', ['brandId', 'state', 'occurredAt', 'customerId', 'externalId', 'merges'])
@Index('ix_purchase_customer', ['customerId'])
export class PurchaseEntity {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 100 }) externalId: string;
  @KeyColumn({ length: 32 }) channel: string;
  @InstantColumn() occurredAt: number;
  @DateColumn() businessDate: string;
  @IdColumn({ nullable: true }) customerId: string | null;
  /** How many persons it names as merged: a large instant begins with such orders. */
  @IntColumn() merges: number;
  @KeyColumn({ length: 8 }) state: string;
  @KeyColumn({ length: 20, nullable: true }) heldReason: string | null;
  @TextColumn({ length: 200, nullable: true }) heldDetail: string | null;
  /** By which its buyer was bound when it was decided. */
  @IdColumn({ nullable: true }) bindingId: string | null;
  @IntColumn() late: number;
  @IdColumn({ nullable: true }) budgetWaivedBy: string | null;
  /** By how much it was let go beyond its budget: that and nothing else. */
  @TextColumn({ length: 200, nullable: true }) acceptedDetail: string | null;
  @InstantColumn() receivedAt: number;
  @JsonColumn() body: unknown;
  /** What lines cost that came without, as it was known when a plan needed it. */
  @JsonColumn({ nullable: true }) costs: unknown;
}
