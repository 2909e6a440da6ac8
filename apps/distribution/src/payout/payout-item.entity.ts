import { CurrencyColumn, DateColumn, IdColumn, IntColumn, KeyColumn, MoneyColumn, PeriodColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('payout_item')
@Index('uq_payout_item_seq', ['batchId', 'seq'], { unique: true })
@Index('ix_payout_item_brand', ['brandId', 'itemId'])
@Index('ix_payout_item_outcome', ['brandId', 'state', 'itemId'])
@Index('ix_payout_item_statement', ['statementId', 'itemId'])
@Index('ix_payout_item_partner', ['partnerId', 'itemId'])
@Index('ix_payout_item_state', ['batchId', 'state', 'amountMinor'])
@Index('ix_payout_item_former_payee', ['batchId', 'formerPayeeId'])
export class PayoutItemEntity {
  @IdColumn({ primary: true }) itemId: string;
  @IdColumn() brandId: string;
  @IdColumn() batchId: string;
  @IntColumn() seq: number;
  @IdColumn() statementId: string;
  @IdColumn() partnerId: string;
  @PeriodColumn() periodId: string;
  @IdColumn() payeeId: string;
  @IdColumn({ nullable: true }) formerPayeeId: string | null;
  @CurrencyColumn() currency: string;
  @MoneyColumn() grossMinor: number;
  @MoneyColumn() taxMinor: number;
  @MoneyColumn() amountMinor: number;
  @KeyColumn({ length: 12 }) state: string;
  @IdColumn({ nullable: true }) replacesId: string | null;
  @IdColumn() preparedBy: string;
  @IdColumn({ nullable: true }) submittedBy: string | null;
  @IdColumn({ nullable: true }) checkedBy: string | null;
  @IdColumn({ nullable: true }) secondCheckedBy: string | null;
  @IdColumn({ nullable: true }) approvedBy: string | null;
  @IdColumn({ nullable: true }) secondApprovedBy: string | null;
  @KeyColumn({ length: 64, nullable: true }) bankRef: string | null;
  @DateColumn({ nullable: true }) bookedOn: string | null;
  @TextColumn({ length: 500, nullable: true }) outcomeReason: string | null;
  @KeyColumn({ length: 8, nullable: true }) resolveTo: string | null;
  @IdColumn({ nullable: true }) resolveProposedBy: string | null;
  @IdColumn({ nullable: true }) resolveDecidedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) resolveEvidence: string | null;
  @IntColumn() version: number;
}
