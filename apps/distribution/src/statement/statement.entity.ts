import {
  CurrencyColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  MoneyColumn,
  PeriodColumn,
  TextColumn,
} from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('statement')
@Index('uq_statement', ['brandId', 'periodId', 'partnerId', 'currency', 'kind', 'revision'], { unique: true })
@Index('ix_statement_state', ['brandId', 'state', 'periodId'])
@Index('ix_statement_due', ['brandId', 'state', 'waitingFor', 'disputeUntil'])
@Index('ix_statement_period', ['brandId', 'periodId', 'statementId'])
@Index('ix_statement_unexamined', ['brandId', 'openFindings', 'state'])
@Index('ix_statement_exceptional', ['brandId', 'findings', 'periodId'])
@Index('ix_statement_carried_into', ['brandId', 'carriedInto'])
@Index('ix_statement_partner', ['partnerId', 'periodId'])
@Index('ix_statement_amount', ['brandId', 'periodId', 'netMinor', 'statementId'])
@Index('ix_statement_code', ['brandId', 'periodId', 'partnerCode', 'statementId'])
@Index('ix_statement_totals', [
  'brandId',
  'periodId',
  'currency',
  'state',
  'outcome',
  'findings',
  'openingMinor',
  'earnedMinor',
  'reversedMinor',
  'adjustedMinor',
  'writtenOffMinor',
  'netMinor',
  'taxMinor',
  'closingMinor',
  'partnerType',
  'partnerId',
])
export class StatementEntity {
  @IdColumn({ primary: true }) statementId: string;
  @IdColumn() brandId: string;
  @PeriodColumn() periodId: string;
  @IdColumn() partnerId: string;
  /** A partner keeps its type and its code. */
  @KeyColumn({ length: 16 }) partnerType: string;
  @KeyColumn({ length: 64 }) partnerCode: string;
  @CurrencyColumn() currency: string;
  @KeyColumn({ length: 12 }) kind: string;
  @IntColumn() revision: number;
  @MoneyColumn() openingMinor: number;
  @MoneyColumn() earnedMinor: number;
  @MoneyColumn() reversedMinor: number;
  @MoneyColumn() adjustedMinor: number;
  @MoneyColumn() writtenOffMinor: number;
  @MoneyColumn() withheldMinor: number;
  @MoneyColumn() paidMinor: number;
  @MoneyColumn() closingMinor: number;
  @MoneyColumn() carriedInMinor: number;
  @MoneyColumn() netMinor: number;
  @MoneyColumn() taxMinor: number;
  @MoneyColumn() minimumMinor: number;
  @KeyColumn({ length: 8 }) outcome: string;
  @IntColumn() lines: number;
  @KeyColumn({ length: 64 }) fingerprint: string;
  @KeyColumn({ length: 12 }) state: string;
  @TextColumn({ length: 500, nullable: true }) parkedReason: string | null;
  @IdColumn({ nullable: true }) submittedBy: string | null;
  @IdColumn({ nullable: true }) approvedBy: string | null;
  @IdColumn({ nullable: true }) secondApprovedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) rejectedReason: string | null;
  @InstantColumn({ nullable: true }) publishedAt: number | null;
  @InstantColumn({ nullable: true }) seenAt: number | null;
  @InstantColumn({ nullable: true }) disputeUntil: number | null;
  @InstantColumn({ nullable: true }) confirmedAt: number | null;
  @KeyColumn({ length: 16, nullable: true }) waitingFor: string | null;
  /** Period whose statement has taken in what this one was to pay: its partner was blocked. */
  @PeriodColumn({ nullable: true }) carriedInto: string | null;
  @IdColumn({ nullable: true }) voidProposedBy: string | null;
  @IdColumn({ nullable: true }) voidDecidedBy: string | null;
  @TextColumn({ length: 500, nullable: true }) voidReason: string | null;
  /** Both null until it has been examined. */
  @IntColumn({ nullable: true }) findings: number | null;
  @IntColumn({ nullable: true }) openFindings: number | null;
  @IntColumn() version: number;
}
