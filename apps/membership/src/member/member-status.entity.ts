import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, KeyColumn } from '@concentric/service-kit';

/** Being a member, as a dated, half-open status of a person. */
@Entity('member_status')
export class MemberStatus {
  @IdColumn({ primary: true }) customerId: string;
  @IntColumn({ primary: true }) seq: number;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 16 }) status: string;
  @InstantColumn() validFrom: number;
  @InstantColumn({ nullable: true }) validTo: number | null;
  @KeyColumn({ length: 16 }) reason: string;
  @KeyColumn({ length: 16, nullable: true }) endReason: string | null;
}
