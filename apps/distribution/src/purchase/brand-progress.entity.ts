import { DateColumn, IdColumn, InstantColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('brand_progress')
export class BrandProgressEntity {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ nullable: true }) sealedThrough: string | null;
  @DateColumn({ nullable: true }) settledThrough: string | null;
  @InstantColumn() decidedUntil: number;
}
