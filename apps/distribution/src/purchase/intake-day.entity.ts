import { DateColumn, IdColumn, IntColumn, KeyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('intake_day')
export class IntakeDayEntity {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @KeyColumn({ length: 32, primary: true }) channel: string;
  @IntColumn() ordersSeen: number;
  @IntColumn() refundsSeen: number;
  @IntColumn({ nullable: true }) ordersSealed: number | null;
  @IntColumn({ nullable: true }) refundsSealed: number | null;
  @IntColumn() revision: number;
}
