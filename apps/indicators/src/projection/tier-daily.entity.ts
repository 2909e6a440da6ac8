import { Entity } from 'typeorm';
import { BigIntColumn, DateColumn, IdColumn, KeyColumn } from '@concentric/service-kit';

/** Moves between tiers by date; from nowhere is the empty text. */
@Entity('tier_daily')
export class TierDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @KeyColumn({ length: 2, primary: true }) fromTier: string;
  @KeyColumn({ length: 2, primary: true }) toTier: string;
  @KeyColumn({ length: 16, primary: true }) reason: string;
  @BigIntColumn() changes: number;
}
