import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DepartmentInput, DepartmentPatch, DepartmentRow } from '@concentric/contracts';
import { Audit, changedMeanwhile, Clock, Database, idOut, int, isDuplicateKey, namedId, newId, type Tx } from '@concentric/service-kit';
import { departmentTemplate } from './department-template.rules';
import { DepartmentEntity } from './department.entity';
import { departmentCodeTaken, departmentNotFound } from './department.errors';

/** Departments around the customer: seeded once as a template, then the organisation's own. */
@Injectable()
export class DepartmentService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Seeds the template into an installation that has no department. */
  async onModuleInit(): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        if ((await tx.count(DepartmentEntity)) > 0) return;
        // Ids follow from the codes: replicas that start together collide instead of seeding twice.
        await tx.insert(
          DepartmentEntity,
          departmentTemplate.map((entry) => this.entity(namedId(`department/${entry.code}`), entry)),
        );
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** All departments from the customer outwards; there are never so many that they need pages. */
  async list(): Promise<DepartmentRow[]> {
    return this.database.read(async (tx) => {
      const rows = await tx.find(DepartmentEntity, { order: { ring: 'ASC', position: 'ASC', code: 'ASC' } });
      const operators = await operatorCounts(tx);
      return rows.map((row) => rowOf(row, operators.get(row.id) ?? 0));
    });
  }

  /** Raises `department_not_found`. */
  async get(id: string): Promise<DepartmentRow> {
    const row = (await this.list()).find((department) => department.id === id);
    if (row === undefined) throw departmentNotFound(id);
    return row;
  }

  /** Raises `department_code_taken`. */
  async create(input: DepartmentInput, actorId: string): Promise<DepartmentRow> {
    const department = this.entity(newId(this.clock), input);
    try {
      await this.database.transaction(async (tx) => {
        await tx.insert(DepartmentEntity, department);
        await this.audit.record(tx, {
          actorId,
          action: 'department.created',
          entityType: 'department',
          entityId: department.id,
          after: input,
        });
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw departmentCodeTaken();
      throw error;
    }
    return rowOf(department, 0);
  }

  /** Raises `department_not_found`, `changed_meanwhile`. */
  async change(id: string, { revision, name, ...plain }: DepartmentPatch, actorId: string): Promise<DepartmentRow> {
    await this.database.transaction(async (tx) => {
      const before = await tx.findOneBy(DepartmentEntity, { id });
      if (before === null) throw departmentNotFound(id);
      const change = { ...plain, ...(name === undefined ? {} : { nameZh: name.zh, nameEn: name.en }), revision: revision + 1 };
      const { affected } = await tx.update(DepartmentEntity, { id, revision }, change);
      if (affected !== 1) throw changedMeanwhile('department', before.revision);
      const was = Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof DepartmentEntity]]));
      await this.audit.record(tx, {
        actorId,
        action: 'department.changed',
        entityType: 'department',
        entityId: id,
        before: was,
        after: change,
      });
    });
    return this.get(id);
  }

  private entity(id: string, { name, code, ring, emphasis, staff, duties, position }: DepartmentInput): DepartmentEntity {
    const row = {
      id,
      code,
      nameZh: name.zh,
      nameEn: name.en,
      ring,
      emphasis,
      staff,
      duties,
      position,
      createdAt: this.clock.now(),
      revision: 1,
    };
    return Object.assign(new DepartmentEntity(), row);
  }
}

async function operatorCounts(tx: Tx): Promise<Map<string, number>> {
  const rows: { department_id: Uint8Array; operators: unknown }[] = await tx.query(
    'SELECT department_id, COUNT(*) AS operators FROM operator WHERE disabled = 0 AND department_id IS NOT NULL GROUP BY department_id',
  );
  return new Map(rows.map((row) => [idOut(row.department_id), int(row.operators)]));
}

function rowOf(row: DepartmentEntity, operators: number): DepartmentRow {
  const { id, code, nameZh, nameEn, ring, emphasis, staff, duties, position, revision } = row;
  return { id, code, name: { zh: nameZh, en: nameEn }, ring, emphasis, operators, staff, duties, position, revision };
}
