import type { ServiceDefinition } from '@concentric/service-kit';
import { migrations } from '../migrations';
import { DistributionModule } from './distribution.module';
import { entities } from './entities';

/** Channel partners, bindings, plans, commission, the books and their statements. */
export const definition: ServiceDefinition = { name: 'distribution', module: DistributionModule, entities, migrations, scope: { network: true } };

export { controls, fromTheBeginning } from './control/control.rules';
