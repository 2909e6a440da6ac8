import { IdColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** Which customer a partner is in person. */
@Entity('partner_person')
export class PartnerPersonEntity {
  @IdColumn({ primary: true }) partnerId: string;
  @IdColumn() brandId: string;
  @IdColumn() customerId: string;
}
