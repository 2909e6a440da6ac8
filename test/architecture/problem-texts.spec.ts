import { messages as en } from '../../apps/console/src/i18n/messages.en';
import { messages as zh } from '../../apps/console/src/i18n/messages.zh';
import { problemCodes } from './problem-codes';

const codes = problemCodes();
const texts = (of: object): Record<string, string | undefined> => of as Record<string, string | undefined>;

describe('texts of the console', () => {
  it('finds the codes that the services answer with', () => {
    expect(codes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['not_permitted', 'order_changed', 'order_not_found', 'budget_exceeded', 'too_small']),
    );
  });

  it.each([
    ['English', en],
    ['Chinese', zh],
  ])('say in %s what is wrong and what to do about it, for every code', (_language, { problem, remedy }) => {
    const missing = codes.flatMap(({ code, file, hasRemedy }) => [
      ...(texts(problem)[code] ? [] : [`problem.${code} (${file})`]),
      ...(hasRemedy && !texts(remedy)[code] ? [`remedy.${code} (${file})`] : []),
    ]);
    expect(missing).toEqual([]);
  });
});
