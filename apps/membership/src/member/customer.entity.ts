import { Entity, Index } from 'typeorm';
import { DateColumn, IdColumn, InstantColumn, IntColumn, KeyColumn } from '@concentric/service-kit';

/** One person of one brand and where it stands now; the dated truth is in `member_status` and `tier_history`. */
@Entity('customer')
@Index('customer_joined', ['brandId', 'memberSince'])
@Index('customer_tier', ['brandId', 'tier', 'reviewOn'])
export class Customer {
  @IdColumn({ primary: true }) customerId: string;
  @IdColumn() brandId: string;
  /** Earliest known purchase; of two persons that turn out to be one, the earlier known survives. */
  @InstantColumn() knownFrom: number;
  @InstantColumn({ nullable: true }) memberSince: number | null;
  @KeyColumn({ length: 32, nullable: true }) joinChannel: string | null;
  @KeyColumn({ length: 2, nullable: true }) tier: string | null;
  /** Number of the open row in `tier_history`; 0: none yet. */
  @IntColumn() tierSeq: number;
  @InstantColumn({ nullable: true }) tierSince: number | null;
  /** Date of the next tier anniversary; null for the lowest tier, which cannot fall. */
  @DateColumn({ nullable: true }) reviewOn: string | null;
  @IdColumn({ nullable: true }) mergedInto: string | null;
}
