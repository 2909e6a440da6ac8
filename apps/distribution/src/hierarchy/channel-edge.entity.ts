import { IdColumn, InstantColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('channel_edge')
@Index('ix_channel_edge_parent', ['parentId'])
@Index('ix_channel_edge_brand', ['brandId'])
export class ChannelEdgeEntity {
  @IdColumn({ primary: true }) childId: string;
  @InstantColumn({ primary: true }) validFrom: number;
  @IdColumn() brandId: string;
  @IdColumn({ nullable: true }) parentId: string | null;
  @InstantColumn({ nullable: true }) validTo: number | null;
}
