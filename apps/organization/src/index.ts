import type { ServiceDefinition } from '@concentric/service-kit';
import { OrganizationTables1764000000000 } from '../migrations/1764000000000-organization-tables';
import { DepartmentEntity } from './department/department.entity';
import { OperatorEntity } from './operator/operator.entity';
import { OrganizationModule } from './organization.module';
import { SigningKeyEntity } from './session/signing-key.entity';

export const definition: ServiceDefinition = {
  name: 'organization',
  module: OrganizationModule,
  entities: [OperatorEntity, DepartmentEntity, SigningKeyEntity],
  migrations: [OrganizationTables1764000000000],
};
