import { describeSequences } from './sequences';

describeSequences({ name: 'sqlite', dialect: 'sqlite' });
