import { Injectable } from '@nestjs/common';
import type { OperatorInput, OperatorPatch, OperatorRow } from '@concentric/contracts';
import {
  Audit,
  changedMeanwhile,
  Clock,
  Database,
  isDuplicateKey,
  newId,
  iso,
  isoOrNull,
  type Operator,
  type Tx,
} from '@concentric/service-kit';
import { mayGrantBrands, rolesInConflict, scopeFault } from '../access/access.rules';
import { DepartmentEntity } from '../department/department.entity';
import { OperatorEntity } from './operator.entity';
import { accessFault, beyondOwnBrands, nameTaken, operatorNotFound, ownAccess, rolesConflict, unknownDepartment } from './operator.errors';
import { hashPassword, nameKey } from './password.rules';

type Access = Pick<OperatorInput, 'roles' | 'brands' | 'scope'>;

/** Operators: who may sign in, and what they then may do. */
@Injectable()
export class OperatorService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Raises `operator_not_found`. */
  async get(id: string): Promise<OperatorEntity> {
    const operator = await this.database.source.manager.findOneBy(OperatorEntity, { id });
    if (operator === null) throw operatorNotFound(id);
    return operator;
  }

  /**
   * Adds an operator.
   * Raises `operator_name_taken`, `roles_in_conflict`, `beyond_own_brands`, `invalid_input` (scope, department).
   */
  async create(input: OperatorInput, actor: Pick<Operator, 'id' | 'brandIds'>): Promise<OperatorEntity> {
    refuseAccess(input, actor);
    const passwordHash = await hashPassword(input.password);
    try {
      return await this.database.transaction(async (tx) => {
        await this.refuseDepartment(tx, input.departmentId);
        const operator = tx.create(OperatorEntity, {
          id: newId(this.clock),
          name: input.name.trim(),
          nameKey: nameKey(input.name),
          displayName: input.displayName,
          passwordHash,
          ...accessColumns(input),
          departmentId: input.departmentId,
          disabled: false,
          accessVersion: 1,
          createdAt: this.clock.now(),
          lastSignInAt: null,
          revision: 1,
        });
        await tx.insert(OperatorEntity, operator);
        await this.audit.record(tx, {
          actorId: actor.id,
          action: 'operator.created',
          entityType: 'operator',
          entityId: operator.id,
          after: auditable(operator),
        });
        return operator;
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw nameTaken();
      throw error;
    }
  }

  /**
   * Changes an operator. A new password or disabling ends their sessions.
   * Raises `operator_not_found`, `own_access`, `changed_meanwhile` and what `create` raises.
   */
  async change(id: string, patch: OperatorPatch, actor: Pick<Operator, 'id' | 'brandIds'>): Promise<OperatorEntity> {
    const { revision, password, scope: _scope, roles, brands, ...plain } = patch;
    const touchesAccess = roles !== undefined || brands !== undefined || patch.scope !== undefined || patch.disabled !== undefined;
    if (touchesAccess && id === actor.id) throw ownAccess();
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.database.transaction(async (tx) => {
      const before = await tx.findOneBy(OperatorEntity, { id });
      if (before === null) throw operatorNotFound(id);
      if (!mayGrantBrands(actor.brandIds, before.brands)) throw beyondOwnBrands();
      if (before.revision !== revision) throw changedMeanwhile('operator', before.revision);
      if (patch.departmentId !== undefined) await this.refuseDepartment(tx, patch.departmentId);
      const access = accessOf(before, patch);
      if (touchesAccess) refuseAccess(access, actor);
      const endsSessions = passwordHash !== undefined || (patch.disabled === true && !before.disabled);
      const change = {
        ...plain,
        ...accessColumns(access),
        ...(passwordHash === undefined ? {} : { passwordHash }),
        accessVersion: before.accessVersion + (endsSessions ? 1 : 0),
        revision: revision + 1,
      };
      const { affected } = await tx.update(OperatorEntity, { id, revision }, change);
      if (affected !== 1) throw changedMeanwhile('operator', revision + 1);
      const after = tx.create(OperatorEntity, { ...before, ...change });
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'operator.changed',
        entityType: 'operator',
        entityId: id,
        before: auditable(before),
        after: { ...auditable(after), passwordChanged: passwordHash !== undefined },
      });
      return after;
    });
  }

  private async refuseDepartment(tx: Tx, id: string | null): Promise<void> {
    if (id !== null && !(await tx.existsBy(DepartmentEntity, { id }))) throw unknownDepartment();
  }
}

/** The row as the wire shows it: without the password's hash. */
export function operatorRowOf(operator: OperatorEntity): OperatorRow {
  return {
    id: operator.id,
    name: operator.name,
    displayName: operator.displayName,
    roles: operator.roles,
    brands: operator.brands,
    scope: scopeOf(operator),
    departmentId: operator.departmentId,
    disabled: operator.disabled,
    createdAt: iso(operator.createdAt),
    lastSignInAt: isoOrNull(operator.lastSignInAt),
    revision: operator.revision,
  };
}

export function scopeOf(operator: OperatorEntity): OperatorRow['scope'] {
  if (operator.scopeKind !== 'partner') return { kind: operator.scopeKind };
  return operator.scopePartnerId === null ? { kind: 'none' } : { kind: 'partner', partnerId: operator.scopePartnerId };
}

function accessOf(before: OperatorEntity, patch: OperatorPatch): Access {
  return { roles: patch.roles ?? before.roles, brands: patch.brands ?? before.brands, scope: patch.scope ?? scopeOf(before) };
}

function accessColumns({ roles, brands, scope }: Access) {
  return { roles: [...new Set(roles)], brands, scopeKind: scope.kind, scopePartnerId: scope.kind === 'partner' ? scope.partnerId : null };
}

function refuseAccess(access: Access, actor: Pick<Operator, 'brandIds'>): void {
  const pair = rolesInConflict(access.roles);
  if (pair !== undefined) throw rolesConflict(...pair);
  const fault = scopeFault(access);
  if (fault !== undefined) throw accessFault(fault);
  if (!mayGrantBrands(actor.brandIds, access.brands)) throw beyondOwnBrands();
}

function auditable(operator: OperatorEntity): object {
  const { roles, brands, disabled, departmentId } = operator;
  return { roles, brands, scope: scopeOf(operator), disabled, departmentId };
}
