import { DateColumn, IdColumn, InstantColumn, JsonColumn, KeyColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('refund')
@Index('ix_refund_queue', ['brandId', 'state', 'occurredAt'])
@Index('ix_refund_order', ['orderId'])
export class RefundEntity {
  @IdColumn({ primary: true }) refundId: string;
  @IdColumn() brandId: string;
  @IdColumn() orderId: string;
  @InstantColumn() occurredAt: number;
  @DateColumn() businessDate: string;
  @KeyColumn({ length: 8 }) state: string;
  @KeyColumn({ length: 20, nullable: true }) heldReason: string | null;
  @InstantColumn() receivedAt: number;
  @InstantColumn({ nullable: true }) appliedAt: number | null;
  @JsonColumn() body: unknown;
}
