import { IdColumn, IntColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('partner')
@Index('uq_partner_code', ['brandId', 'code'], { unique: true })
@Index('ix_partner_type', ['brandId', 'type', 'code'])
export class PartnerEntity {
  @IdColumn({ primary: true }) partnerId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 64 }) code: string;
  @KeyColumn({ length: 16 }) type: string;
  @TextColumn({ length: 200 }) name: string;
  @IntColumn() revision: number;
}
