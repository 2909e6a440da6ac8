import { IdColumn, InstantColumn, IntColumn, JsonColumn, KeyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('distribution_setting')
export class SettingEntity {
  @IdColumn({ primary: true }) brandId: string;
  @JsonColumn() settings: unknown;
  @IntColumn() revision: number;
  /** Name of who saved last, for whoever comes too late; the audit log has the id. */
  @KeyColumn({ length: 200 }) changedBy: string;
  @InstantColumn() changedAt: number;
}
