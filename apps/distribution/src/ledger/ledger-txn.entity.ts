import { CurrencyColumn, IdColumn, InstantColumn, KeyColumn, PeriodColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('ledger_txn')
@Index('uq_ledger_txn_idem', ['idem'], { unique: true })
export class LedgerTxnEntity {
  @IdColumn({ primary: true }) txnId: string;
  @IdColumn() brandId: string;
  @IdColumn() idem: string;
  @KeyColumn({ length: 12 }) kind: string;
  @PeriodColumn() periodId: string;
  @IdColumn() refId: string;
  @InstantColumn() effectiveAt: number;
  @CurrencyColumn() currency: string;
}
