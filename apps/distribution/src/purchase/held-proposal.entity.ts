import { IdColumn, InstantColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('held_proposal')
export class HeldProposalEntity {
  @IdColumn({ primary: true }) orderId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 8 }) action: string;
  /** What the order was held for when it was proposed. */
  @TextColumn({ length: 200 }) detail: string;
  @TextColumn({ length: 500 }) reason: string;
  @KeyColumn({ length: 8 }) state: string;
  @IdColumn() proposedBy: string;
  @InstantColumn() proposedAt: number;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
}
