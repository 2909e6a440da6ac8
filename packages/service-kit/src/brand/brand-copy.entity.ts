import { Entity, Unique } from 'typeorm';
import { CurrencyColumn, DateColumn, IdColumn, JsonColumn, KeyColumn, TextColumn } from '../database/entity-columns';

@Entity('brand_copy')
@Unique('brand_copy_code', ['code'])
export class BrandCopyEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 64 }) code: string;
  @TextColumn({ length: 200 }) name: string;
  @KeyColumn({ length: 64 }) zone: string;
  @CurrencyColumn() currency: string;
  @JsonColumn() channels: unknown;
  /** Business date on which the brand became known here: where daily jobs begin. */
  @DateColumn() knownOn: string;
}
