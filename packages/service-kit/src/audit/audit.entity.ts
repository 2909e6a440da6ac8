import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, KeyColumn, TextColumn } from '../database/entity-columns';

/** Who did what to what, when and why. Never changed. */
@Entity('audit_log')
export class AuditEntity {
  @IdColumn({ primary: true }) id: string;
  @InstantColumn() at: number;
  @IdColumn({ nullable: true }) brandId: string | null;
  @KeyColumn({ length: 100 }) actorId: string;
  @KeyColumn({ length: 100 }) action: string;
  @KeyColumn({ length: 60 }) entityType: string;
  @KeyColumn({ length: 100 }) entityId: string;
  @KeyColumn({ length: 60, nullable: true }) fromState: string | null;
  @KeyColumn({ length: 60, nullable: true }) toState: string | null;
  @TextColumn({ length: 500, nullable: true }) reason: string | null;
  @JsonColumn({ nullable: true }) beforeValue: unknown;
  @JsonColumn({ nullable: true }) afterValue: unknown;
  @KeyColumn({ length: 64 }) correlationId: string;
}
