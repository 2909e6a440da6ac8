import { Entity } from 'typeorm';
import { BigIntColumn, CurrencyColumn, DateColumn, IdColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';

/** Expenses by date, class and purpose; no channel or touchpoint is the empty text. */
@Entity('expense_daily')
export class ExpenseDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @KeyColumn({ length: 32, primary: true }) class: string;
  @KeyColumn({ length: 32, primary: true }) purpose: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @KeyColumn({ length: 64, primary: true }) touchpoint: string;
  @CurrencyColumn({ primary: true }) currency: string;
  @BigIntColumn() entries: number;
  @MoneyColumn() amountMinor: number;
}
