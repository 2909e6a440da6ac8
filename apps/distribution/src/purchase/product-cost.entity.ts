import { DateColumn, IdColumn, KeyColumn, MoneyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** What one piece costs from a date on, as commerce said. */
@Entity('product_cost')
export class ProductCostEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 64, primary: true }) sku: string;
  @DateColumn({ primary: true }) costFrom: string;
  @MoneyColumn() unitCostMinor: number;
}
