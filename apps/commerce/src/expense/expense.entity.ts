import {
  CurrencyColumn,
  DateColumn,
  HashColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  MoneyColumn,
  PeriodColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** An expense; append-only, corrected by another one with the opposite sign. */
@Entity('expense')
@Index('expense_external', ['brandId', 'externalId'], { unique: true })
@Index('expense_by_time', ['brandId', 'occurredAt'])
export class ExpenseEntity {
  @IdColumn({ primary: true }) expenseId: string;
  @IdColumn() brandId: string;
  @KeyColumn({ length: 100 }) externalId: string;
  @HashColumn() contentHash: Buffer;
  @InstantColumn() occurredAt: number;
  @DateColumn() businessDate: string;
  @PeriodColumn() period: string;
  @KeyColumn({ length: 32 }) class: string;
  @KeyColumn({ length: 32 }) purpose: string;
  @KeyColumn({ length: 32, nullable: true }) channel: string | null;
  @KeyColumn({ length: 64, nullable: true }) touchpoint: string | null;
  @CurrencyColumn() currency: string;
  @MoneyColumn() amountMinor: number;
  @InstantColumn() createdAt: number;
}
