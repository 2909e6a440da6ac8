import { IdColumn, InstantColumn, IntColumn, KeyColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('binding')
@Index('ix_binding_customer', ['customerId', 'validFrom'])
@Index('ix_binding_recent', ['brandId', 'validFrom'])
@Index('ix_binding_partner', ['brandId', 'partnerId', 'reason', 'validFrom'])
export class BindingEntity {
  @IdColumn({ primary: true }) bindingId: string;
  @IdColumn() brandId: string;
  @IdColumn() customerId: string;
  @IdColumn() partnerId: string;
  @InstantColumn() validFrom: number;
  @InstantColumn({ nullable: true }) validTo: number | null;
  @InstantColumn() madeAt: number;
  @InstantColumn() lastPurchaseAt: number;
  @KeyColumn({ length: 24 }) reason: string;
  @KeyColumn({ length: 24, nullable: true }) endReason: string | null;
  @IdColumn({ nullable: true }) orderId: string | null;
  @IntColumn({ nullable: true }) lineNo: number | null;
  @InstantColumn() decidedAt: number;
}
