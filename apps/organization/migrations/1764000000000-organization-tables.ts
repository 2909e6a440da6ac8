import { col, createTable } from '@concentric/service-kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators, departments and the keys tokens are signed with. */
export class OrganizationTables1764000000000 implements MigrationInterface {
  name = 'OrganizationTables1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'operator',
      columns: [
        col.id('id'),
        col.key('name', 100),
        col.key('name_key', 100),
        col.key('display_name', 100),
        col.text('password_hash', 255),
        col.json('roles'),
        col.json('brands'),
        col.key('scope_kind', 10),
        col.id('scope_partner_id', { nullable: true }),
        col.id('department_id', { nullable: true }),
        col.flag('disabled'),
        col.int('access_version'),
        col.instant('created_at'),
        col.instant('last_sign_in_at', { nullable: true }),
        col.int('revision'),
      ],
      primary: ['id'],
      unique: [{ name: 'operator_name_key', columns: ['name_key'] }],
      indices: [{ name: 'operator_by_department', columns: ['department_id'] }],
      checks: [
        { name: 'operator_scope_is_known', expression: "scope_kind IN ('all', 'partner', 'none')" },
        { name: 'operator_partner_is_named', expression: "(scope_kind = 'partner') = (scope_partner_id IS NOT NULL)" },
      ],
    });
    await createTable(runner, {
      name: 'department',
      columns: [
        col.id('id'),
        col.key('code', 40),
        col.key('name_zh', 100),
        col.key('name_en', 100),
        col.int('ring'),
        col.flag('emphasis'),
        col.int('staff'),
        col.json('duties'),
        col.int('position'),
        col.instant('created_at'),
        col.int('revision'),
      ],
      primary: ['id'],
      unique: [{ name: 'department_code', columns: ['code'] }],
      checks: [{ name: 'department_ring_is_known', expression: 'ring BETWEEN 1 AND 4' }],
    });
    await createTable(runner, {
      name: 'signing_key',
      columns: [col.int('generation'), col.json('public_key'), col.longText('sealed_key'), col.instant('created_at')],
      primary: ['generation'],
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward');
  }
}
