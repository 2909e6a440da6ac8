import { Entity, Index } from 'typeorm';
import { BigIntColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '../database/entity-columns';

@Entity('network_partner')
@Index('network_partner_by_code', ['brandId', 'code'])
export class NetworkPartnerEntity {
  @IdColumn() brandId: string;
  @IdColumn({ primary: true }) partnerId: string;
  @KeyColumn({ length: 64 }) code: string;
  @KeyColumn({ length: 30 }) type: string;
  @TextColumn({ length: 200 }) name: string;
  @BigIntColumn() revision: number;
}

/** A partner and one that stood above it for a while; the partner itself at depth 0. */
@Entity('network_path')
@Index('network_path_by_ancestor', ['ancestorId', 'validTo', 'partnerId'])
export class NetworkPathEntity {
  @IdColumn() brandId: string;
  @IdColumn({ primary: true }) partnerId: string;
  @IdColumn({ primary: true }) ancestorId: string;
  @IntColumn() depth: number;
  @InstantColumn({ primary: true }) validFrom: number;
  @InstantColumn({ nullable: true }) validTo: number | null;
  @BigIntColumn() revision: number;
}

@Entity('customer_binding')
@Index('customer_binding_by_partner', ['partnerId', 'customerId'])
export class CustomerBindingEntity {
  @IdColumn() brandId: string;
  @IdColumn({ primary: true }) customerId: string;
  @IdColumn({ nullable: true }) partnerId: string | null;
  @BigIntColumn() revision: number;
}
