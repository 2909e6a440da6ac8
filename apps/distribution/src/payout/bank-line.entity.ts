import { IdColumn, IntColumn, KeyColumn, MoneyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('bank_line')
@Index('uq_bank_line_no', ['fileId', 'lineNo'], { unique: true })
@Index('ix_bank_line_brand', ['brandId', 'lineId'])
@Index('ix_bank_line_match', ['brandId', 'matchKind', 'lineId'])
@Index('ix_bank_line_state', ['brandId', 'state', 'lineId'])
@Index('ix_bank_line_item', ['itemId', 'lineId'])
@Index('ix_bank_line_ref', ['brandId', 'bankRef'])
export class BankLineEntity {
  @IdColumn({ primary: true }) lineId: string;
  @IdColumn() brandId: string;
  @IdColumn() fileId: string;
  @IntColumn() lineNo: number;
  @TextColumn({ length: 64 }) itemText: string;
  @IdColumn({ nullable: true }) itemId: string | null;
  @KeyColumn({ length: 16 }) status: string;
  @KeyColumn({ length: 64 }) bankRef: string;
  @MoneyColumn({ nullable: true }) amountMinor: number | null;
  @TextColumn({ length: 64 }) amountText: string;
  @TextColumn({ length: 10 }) bookedOn: string;
  @TextColumn({ length: 500 }) reason: string;
  @KeyColumn({ length: 12 }) matchKind: string;
  @TextColumn({ length: 500 }) why: string;
  @KeyColumn({ length: 8 }) state: string;
  @IdColumn() importedBy: string;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
}
