import type { RoleCode } from '@concentric/contracts';
import { FlagColumn, IdColumn, InstantColumn, IntColumn, JsonColumn, KeyColumn, TextColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** Somebody who may sign in. */
@Entity('operator')
export class OperatorEntity {
  @IdColumn({ primary: true }) id: string;
  /** As it was given. */
  @KeyColumn({ length: 100 }) name: string;
  /** Lower case and compatibility-folded: what is unique and signed in with. */
  @KeyColumn({ length: 100 }) nameKey: string;
  @KeyColumn({ length: 100 }) displayName: string;
  @TextColumn() passwordHash: string;
  @JsonColumn() roles: RoleCode[];
  @JsonColumn() brands: 'all' | string[];
  @KeyColumn({ length: 10 }) scopeKind: 'all' | 'partner' | 'none';
  @IdColumn({ nullable: true }) scopePartnerId: string | null;
  @IdColumn({ nullable: true }) departmentId: string | null;
  @FlagColumn() disabled: boolean;
  /** Raised when sessions must end: by a new password, or disabling. */
  @IntColumn() accessVersion: number;
  @InstantColumn() createdAt: number;
  @InstantColumn({ nullable: true }) lastSignInAt: number | null;
  @IntColumn() revision: number;
}
