import { FlagColumn, IdColumn, InstantColumn, IntColumn, JsonColumn, KeyColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** A department and its place around the customer. */
@Entity('department')
export class DepartmentEntity {
  @IdColumn({ primary: true }) id: string;
  @KeyColumn({ length: 40 }) code: string;
  @KeyColumn({ length: 100 }) nameZh: string;
  @KeyColumn({ length: 100 }) nameEn: string;
  /** 1, closest to the customer, to 4. */
  @IntColumn() ring: number;
  @FlagColumn() emphasis: boolean;
  @IntColumn() staff: number;
  @JsonColumn() duties: { zh: string; en: string }[];
  @IntColumn() position: number;
  @InstantColumn() createdAt: number;
  @IntColumn() revision: number;
}
