import { runService } from '@concentric/service-kit';
import { commerce } from './commerce.definition';

void runService(commerce);
