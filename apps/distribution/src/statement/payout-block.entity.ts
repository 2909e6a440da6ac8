import { IdColumn, InstantColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('payout_block')
@Index('ix_payout_block_brand', ['brandId', 'blockedAt'])
export class PayoutBlockEntity {
  @IdColumn({ primary: true }) partnerId: string;
  @IdColumn() brandId: string;
  @TextColumn({ length: 500 }) reason: string;
  @IdColumn() blockedBy: string;
  @InstantColumn() blockedAt: number;
}
