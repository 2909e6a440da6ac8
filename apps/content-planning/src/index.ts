import type { ServiceDefinition } from '@concentric/service-kit';
import { TouchpointTable1764000000000 } from '../migrations/1764000000000-touchpoint-table';
import { ContentPlanningModule } from './content-planning.module';
import { TouchpointEntity } from './touchpoint/touchpoint.entity';

export const definition: ServiceDefinition = {
  name: 'content-planning',
  module: ContentPlanningModule,
  entities: [TouchpointEntity],
  migrations: [TouchpointTable1764000000000],
};
