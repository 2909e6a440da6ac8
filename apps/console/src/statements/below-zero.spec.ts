import { belowZero } from './below-zero';

describe('a statement below zero', () => {
  it.each([
    ['nothing to explain', { netMinor: 0, closingMinor: 500, carriedInMinor: -500 }, null],
    [
      'a debt carried in beside payments that are still to be made',
      { netMinor: -100, closingMinor: 900, carriedInMinor: -300 },
      'carried_in',
    ],
    [
      'taken back in the period beside payments that are still to be made',
      { netMinor: -100, closingMinor: 900, carriedInMinor: 0 },
      'unpaid',
    ],
    [
      'an account that is below zero too, at the end of the period',
      { netMinor: -100, closingMinor: -100, carriedInMinor: -300 },
      'goes_on',
    ],
    ['an account that is even', { netMinor: -100, closingMinor: 0, carriedInMinor: 0 }, 'goes_on'],
  ] as const)('says why: %s', (_case, figures, sentence) => {
    expect(belowZero(figures)).toBe(sentence);
  });
});
