import { CurrencyColumn, IdColumn, KeyColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('ledger_account')
@Index('uq_ledger_account', ['brandId', 'partnerId', 'type', 'currency'], { unique: true })
export class LedgerAccountEntity {
  @IdColumn({ primary: true }) accountId: string;
  @IdColumn() brandId: string;
  @IdColumn() partnerId: string;
  @KeyColumn({ length: 12 }) type: string;
  @CurrencyColumn() currency: string;
}
