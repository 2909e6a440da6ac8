import { Entity, Index } from 'typeorm';
import { HashColumn, IdColumn, InstantColumn, KeyColumn, TextColumn } from '@concentric/service-kit';

/**
 * A way to recognise a person. The primary key is what makes two replicas that meet the same new
 * identity at once agree on one person: the later one fails on it and finds the person on its retry.
 */
@Entity('identity')
@Index('identity_customer', ['customerId'])
export class Identity {
  @IdColumn({ primary: true }) brandId: string;
  @HashColumn({ primary: true }) blindIndex: Buffer;
  @KeyColumn({ length: 24, primary: true }) type: string;
  @IdColumn() customerId: string;
  @TextColumn({ length: 1000 }) sealed: string;
  @InstantColumn() firstSeenAt: number;
}
