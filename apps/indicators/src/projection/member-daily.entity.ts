import { Entity } from 'typeorm';
import { BigIntColumn, DateColumn, IdColumn, KeyColumn } from '@concentric/service-kit';

/** Persons who became members, by date and the channel they joined by. */
@Entity('member_daily')
export class MemberDaily {
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn({ primary: true }) businessDate: string;
  @KeyColumn({ length: 32, primary: true }) joinChannel: string;
  @BigIntColumn() registered: number;
}
