import { CurrencyColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('payee')
@Index('uq_payee_version', ['partnerId', 'currency', 'version'], { unique: true })
@Index('ix_payee_brand', ['brandId', 'proposedAt', 'payeeId'])
@Index('ix_payee_state', ['brandId', 'state', 'proposedAt', 'payeeId'])
export class PayeeEntity {
  @IdColumn({ primary: true }) payeeId: string;
  @IdColumn() brandId: string;
  @IdColumn() partnerId: string;
  @CurrencyColumn() currency: string;
  @IntColumn() version: number;
  @TextColumn({ length: 1000 }) holderSealed: string;
  @TextColumn({ length: 300 }) accountSealed: string;
  @TextColumn({ length: 300 }) bankSealed: string;
  @TextColumn({ length: 20 }) holderMasked: string;
  @TextColumn({ length: 20 }) accountMasked: string;
  @TextColumn({ length: 20 }) bankMasked: string;
  @KeyColumn({ length: 8 }) state: string;
  @TextColumn({ length: 500 }) reason: string;
  @IdColumn() proposedBy: string;
  @InstantColumn() proposedAt: number;
  @IdColumn({ nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) decisionReason: string | null;
}
