import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';

/** The tiers a person has held, half-open and numbered; a row is only ever closed, never rewritten. */
@Entity('tier_history')
export class TierHistory {
  @IdColumn({ primary: true }) customerId: string;
  @IntColumn({ primary: true }) seq: number;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 2 }) tier: string;
  @InstantColumn() validFrom: number;
  @InstantColumn({ nullable: true }) validTo: number | null;
  @KeyColumn({ length: 16 }) reason: string;
  @MoneyColumn() growthValue: number;
}
