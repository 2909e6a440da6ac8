import { Entity } from 'typeorm';
import { CurrencyColumn, DateColumn, IdColumn, InstantColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';

/** Commission by date of the order, role and partner. Earned and reversed since ever; matured and what was reversed after that. */
@Entity('commission_daily')
export class CommissionDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @KeyColumn({ length: 32, primary: true }) role: string;
  @IdColumn({ primary: true }) partnerId: string;
  @CurrencyColumn({ primary: true }) currency: string;
  @InstantColumn() dateEndsAt: number;
  @MoneyColumn() baseMinor: number;
  @MoneyColumn() earnedMinor: number;
  @MoneyColumn() reversedMinor: number;
  @MoneyColumn() maturedMinor: number;
  @MoneyColumn() maturedReversedMinor: number;
}
