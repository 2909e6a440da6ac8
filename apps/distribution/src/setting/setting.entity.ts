import { IdColumn, JsonColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('distribution_setting')
export class SettingEntity {
  @IdColumn({ primary: true }) brandId: string;
  @JsonColumn() settings: unknown;
}
