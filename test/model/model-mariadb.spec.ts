import { databases } from '@concentric/testing';
import { describeSequences } from './sequences';

for (const db of databases()) if (db.dialect === 'mysql') describeSequences(db);
