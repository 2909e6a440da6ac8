import { IdColumn, InstantColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

/** A line that is kept from maturing while somebody looks at it. */
@Entity('line_hold')
@Index('ix_line_hold_brand', ['brandId', 'lineId'])
export class LineHoldEntity {
  @IdColumn({ primary: true }) lineId: string;
  @IdColumn() brandId: string;
  @TextColumn({ length: 500 }) reason: string;
  @IdColumn() heldBy: string;
  @InstantColumn() heldAt: number;
}
