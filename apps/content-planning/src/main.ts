import { runService } from '@concentric/service-kit';
import { definition } from './index';

void runService(definition);
