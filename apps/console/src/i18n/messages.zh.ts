import { frameworkZh } from './framework.zh';
import { auditZh } from './audit.zh';
import { bankColumnsZh } from './bank-columns.zh';
import { controlZh } from './control.zh';
import { financeZh } from './finance.zh';
import { hintsZh } from './hints.zh';
import { homeZh } from './home.zh';
import { moneyZh } from './money.zh';
import { ownReasonZh } from './own-reason.zh';
import { pagesZh } from './pages.zh';
import { problemsZh } from './problems.zh';
import { remediesZh } from './remedies.zh';
import { resourcesZh } from './resources.zh';
import { settingsZh } from './settings.zh';
import { wordsZh } from './words.zh';

export const messages = {
  ...frameworkZh,
  ...pagesZh,
  ...homeZh,
  ...moneyZh,
  ...financeZh,
  ...auditZh,
  ...ownReasonZh,
  ...bankColumnsZh,
  ...controlZh,
  ...settingsZh,
  ...hintsZh,
  ...problemsZh,
  ...remediesZh,
  ...wordsZh,
  ...resourcesZh,
};
