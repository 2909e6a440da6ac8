import frameworkEn from 'ra-language-english';
import { hintsEn } from './hints.en';
import { moneyEn } from './money.en';
import { pagesEn } from './pages.en';
import { problemsEn } from './problems.en';
import { resourcesEn } from './resources.en';
import { wordsEn } from './words.en';

export const messages = {
  ...frameworkEn,
  ...pagesEn,
  ...moneyEn,
  ...hintsEn,
  ...problemsEn,
  ...wordsEn,
  ...resourcesEn,
};
