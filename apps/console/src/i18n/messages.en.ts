import frameworkEn from 'ra-language-english';
import { auditEn } from './audit.en';
import { bankColumnsEn } from './bank-columns.en';
import { controlEn } from './control.en';
import { financeEn } from './finance.en';
import { hintsEn } from './hints.en';
import { homeEn } from './home.en';
import { moneyEn } from './money.en';
import { ownReasonEn } from './own-reason.en';
import { pagesEn } from './pages.en';
import { problemsEn } from './problems.en';
import { remediesEn } from './remedies.en';
import { resourcesEn } from './resources.en';
import { settingsEn } from './settings.en';
import { wordsEn } from './words.en';

export const messages = {
  ...frameworkEn,
  ...pagesEn,
  ...homeEn,
  ...moneyEn,
  ...financeEn,
  ...auditEn,
  ...ownReasonEn,
  ...bankColumnsEn,
  ...controlEn,
  ...settingsEn,
  ...hintsEn,
  ...problemsEn,
  ...remediesEn,
  ...wordsEn,
  ...resourcesEn,
};
