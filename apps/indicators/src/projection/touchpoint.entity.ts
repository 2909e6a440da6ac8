import { Entity } from 'typeorm';
import { IdColumn, IntColumn, KeyColumn, TextColumn } from '@concentric/service-kit';

/** The touchpoints orders and expenses may name. */
@Entity('touchpoint')
export class Touchpoint {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 64, primary: true }) code: string;
  @TextColumn({ length: 200 }) name: string;
  @KeyColumn({ length: 16 }) domain: string;
  @IntColumn() priority: number;
  @IntColumn() revision: number;
}
