import { frameworkZh } from './framework.zh';
import { financeZh } from './finance.zh';
import { hintsZh } from './hints.zh';
import { homeZh } from './home.zh';
import { moneyZh } from './money.zh';
import { pagesZh } from './pages.zh';
import { problemsZh } from './problems.zh';
import { resourcesZh } from './resources.zh';
import { wordsZh } from './words.zh';

export const messages = {
  ...frameworkZh,
  ...pagesZh,
  ...homeZh,
  ...moneyZh,
  ...financeZh,
  ...hintsZh,
  ...problemsZh,
  ...wordsZh,
  ...resourcesZh,
};
