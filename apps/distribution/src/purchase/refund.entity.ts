import { DateColumn, IdColumn, InstantColumn, JsonColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
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
  /** That nothing is taken back by it: who proposed it and who agreed. */
  @IdColumn({ nullable: true }) voidProposedBy: string | null;
  @IdColumn({ nullable: true }) voidDecidedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) voidReason: string | null;
  @JsonColumn() body: unknown;
}
