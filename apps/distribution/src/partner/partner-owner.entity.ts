import { IdColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** An operator who owns a partner or shares in it. */
@Entity('partner_owner')
@Index('ix_partner_owner_partner', ['partnerId'])
export class PartnerOwnerEntity {
  @IdColumn({ primary: true }) operatorId: string;
  @IdColumn({ primary: true }) partnerId: string;
  @IdColumn() brandId: string;
}
