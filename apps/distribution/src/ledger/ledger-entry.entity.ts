import { CurrencyColumn, IdColumn, IntColumn, KeyColumn, MoneyColumn, PeriodColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('ledger_entry')
@Index('ix_ledger_entry_account', ['accountId', 'currency', 'periodId', 'kind', 'amountMinor'])
export class LedgerEntryEntity {
  @IdColumn({ primary: true }) txnId: string;
  @PeriodColumn({ primary: true }) periodId: string;
  @CurrencyColumn({ primary: true }) currency: string;
  @IntColumn({ primary: true }) seq: number;
  @IdColumn() accountId: string;
  @PeriodColumn() originPeriod: string;
  @KeyColumn({ length: 12 }) kind: string;
  @MoneyColumn() amountMinor: number;
  @IdColumn({ nullable: true }) lineId: string | null;
}
