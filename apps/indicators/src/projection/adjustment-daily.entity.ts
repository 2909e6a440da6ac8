import { Entity } from 'typeorm';
import { CurrencyColumn, DateColumn, IdColumn, InstantColumn, MoneyColumn } from '@concentric/service-kit';

/** Corrections of commission by documents, on the last date of the period that they are named after. */
@Entity('adjustment_daily')
export class AdjustmentDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @IdColumn({ primary: true }) partnerId: string;
  @CurrencyColumn({ primary: true }) currency: string;
  @InstantColumn() dateEndsAt: number;
  @MoneyColumn() adjustedMinor: number;
}
