import { IdColumn, IntColumn, MoneyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** What the entries of an account come to, up to the transaction through which the books of its brand have been checked. */
@Entity('carried_balance')
export class CarriedBalanceEntity {
  @IdColumn({ primary: true }) accountId: string;
  @MoneyColumn() balanceMinor: number;
  @IntColumn() entries: number;
}
