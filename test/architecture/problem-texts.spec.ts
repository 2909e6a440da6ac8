import { join } from 'node:path';
import { problemCodes } from './problem-codes';
import { ROOT } from './source-files';

const codes = problemCodes();

type Texts = Readonly<Record<string, string | undefined>>;
/** The console is no dependency of these proofs: its texts are read where they stand. */
async function textsOf(language: string): Promise<{ problem: Texts; remedy: Texts }> {
  const file = (await import(join(ROOT, `apps/console/src/i18n/messages.${language}`))) as {
    messages: { problem: Texts; remedy: Texts };
  };
  return file.messages;
}

describe('texts of the console', () => {
  it('finds the codes that the services answer with', () => {
    expect(codes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['not_permitted', 'order_changed', 'order_not_found', 'budget_exceeded', 'too_small']),
    );
  });

  it.each([
    ['English', 'en'],
    ['Chinese', 'zh'],
  ])('say in %s what is wrong and what to do about it, for every code', async (_name, language) => {
    const { problem, remedy } = await textsOf(language);
    const missing = codes.flatMap(({ code, file, hasRemedy }) => [
      ...(problem[code] ? [] : [`problem.${code} (${file})`]),
      ...(hasRemedy && !remedy[code] ? [`remedy.${code} (${file})`] : []),
    ]);
    expect(missing).toEqual([]);
  });
});
