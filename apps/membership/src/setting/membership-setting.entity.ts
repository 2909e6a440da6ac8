import { Entity } from 'typeorm';
import { FlagColumn, IdColumn, InstantColumn, JsonColumn } from '@concentric/service-kit';

/** Rules of membership of one brand; without a row the defaults hold. */
@Entity('membership_setting')
export class MembershipSetting {
  @IdColumn({ primary: true }) brandId: string;
  @FlagColumn() registerOnPurchase: boolean;
  /** Growth value from which each tier is held, T0 to T4. */
  @JsonColumn() thresholds: number[];
  @InstantColumn() changedAt: number;
}
