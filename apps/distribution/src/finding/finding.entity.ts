import { CurrencyColumn, IdColumn, InstantColumn, JsonColumn, KeyColumn, PeriodColumn, TextColumn } from '@concentric/service-kit';
import { Entity, Index } from 'typeorm';

@Entity('finding')
@Index('ix_finding_statement', ['statementId', 'state'])
@Index('ix_finding_brand', ['brandId', 'foundAt', 'findingId'])
@Index('ix_finding_state', ['brandId', 'state', 'foundAt', 'findingId'])
export class FindingEntity {
  @IdColumn({ primary: true }) findingId: string;
  @IdColumn() brandId: string;
  @IdColumn() statementId: string;
  @IdColumn() partnerId: string;
  @PeriodColumn() periodId: string;
  @CurrencyColumn() currency: string;
  @KeyColumn({ length: 24 }) code: string;
  @JsonColumn() figures: unknown;
  @KeyColumn({ length: 8 }) state: string;
  @InstantColumn() foundAt: number;
  @IdColumn({ nullable: true }) acceptedBy: string | null;
  @InstantColumn({ nullable: true }) acceptedAt: number | null;
  @TextColumn({ length: 500, nullable: true }) acceptedReason: string | null;
}
