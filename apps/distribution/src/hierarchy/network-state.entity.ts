import { IdColumn, IntColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

@Entity('network_state')
export class NetworkStateEntity {
  @IdColumn({ primary: true }) brandId: string;
  @IntColumn() revision: number;
}
