import { DateColumn, IdColumn, InstantColumn, KeyColumn, MoneyColumn, TextColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('product')
export class ProductEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 64, primary: true }) sku: string;
  @TextColumn({ length: 200 }) name: string;
  @KeyColumn({ length: 64, nullable: true }) category: string | null;
  @InstantColumn() updatedAt: number;
}

/** What one piece costs from a date on; append-only. */
@Entity('product_cost')
export class ProductCostEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 64, primary: true }) sku: string;
  @DateColumn({ primary: true }) costFrom: string;
  @MoneyColumn() unitCostMinor: number;
}
