import {
  CurrencyColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('payout_batch')
@Index('ix_payout_batch_brand', ['brandId', 'preparedAt', 'batchId'])
@Index('ix_payout_batch_state', ['brandId', 'state', 'preparedAt', 'batchId'])
export class PayoutBatchEntity {
  @IdColumn({ primary: true }) batchId: string;
  @IdColumn() brandId: string;
  @CurrencyColumn() currency: string;
  @TextColumn({ length: 500 }) note: string;
  @KeyColumn({ length: 12 }) state: string;
  @IntColumn() items: number;
  @MoneyColumn() grossMinor: number;
  @MoneyColumn() taxMinor: number;
  @MoneyColumn() amountMinor: number;
  @IdColumn() preparedBy: string;
  @InstantColumn() preparedAt: number;
  @IdColumn({ nullable: true }) submittedBy: string | null;
  @IdColumn({ nullable: true }) approvedBy: string | null;
  @IdColumn({ nullable: true }) secondApprovedBy: string | null;
  @InstantColumn({ nullable: true }) approvedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) rejectedReason: string | null;
  @IdColumn({ nullable: true }) releasedBy: string | null;
  @InstantColumn({ nullable: true }) releasedAt: number | null;
  @IdColumn({ nullable: true }) cancelProposedBy: string | null;
  @IdColumn({ nullable: true }) cancelDecidedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) cancelReason: string | null;
  @JsonColumn({ nullable: true }) debtor: unknown;
  @KeyColumn({ length: 64, nullable: true }) csvHash: string | null;
  @KeyColumn({ length: 64, nullable: true, name: 'pain001_hash' }) pain001Hash: string | null;
  @IntColumn() version: number;
}
