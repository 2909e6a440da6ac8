import { IdColumn, IntColumn, MoneyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('account_balance')
export class AccountBalanceEntity {
  @IdColumn({ primary: true }) accountId: string;
  @MoneyColumn() balanceMinor: number;
  @IntColumn() entries: number;
}
