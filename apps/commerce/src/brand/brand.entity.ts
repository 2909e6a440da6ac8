import { CurrencyColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** A brand: zone and currency are fixed once it has an order. */
@Entity('brand')
@Index('brand_code', ['code'], { unique: true })
export class BrandEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 32 }) code: string;
  @TextColumn({ length: 100 }) name: string;
  @KeyColumn({ length: 64 }) zone: string;
  @CurrencyColumn() currency: string;
  @InstantColumn() createdAt: number;
  @InstantColumn() updatedAt: number;
}

@Entity('channel')
export class ChannelEntity {
  @IdColumn({ primary: true }) brandId: string;
  @KeyColumn({ length: 32, primary: true }) code: string;
  @KeyColumn({ length: 16 }) domain: string;
  @TextColumn({ length: 60 }) name: string;
  /** Position in the brand's list. */
  @IntColumn() place: number;
}
