import { FlagColumn, IdColumn, InstantColumn, IntColumn, KeyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** Where a customer meets the brand. */
@Entity('touchpoint')
export class TouchpointEntity {
  @IdColumn({ primary: true }) id: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 64 }) code: string;
  @KeyColumn({ length: 200 }) name: string;
  @KeyColumn({ length: 10 }) domain: 'public' | 'private' | 'offline';
  @IntColumn() priority: number;
  @FlagColumn() retired: boolean;
  @InstantColumn() createdAt: number;
  @InstantColumn() changedAt: number;
  @IntColumn() revision: number;
}
