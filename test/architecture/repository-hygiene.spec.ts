import { isTestCode, read, trackedFiles } from './source-files';

const TEXT = /(\.(ts|tsx|js|mjs|cjs|json|md|ya?ml|sh|sql|cnf|html|css|csv|txt)|\/?(Dockerfile|run|\.npmrc|\.gitignore))$/;
const files = trackedFiles().filter((path) => TEXT.test(path));
const own = 'test/architecture/repository-hygiene.spec.ts';

function linesMatching(pattern: RegExp, paths = files.filter((path) => path !== own)): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('repository', () => {
  it('speaks of no particular machine', () => {
    expect(linesMatching(/(^|[\s'"`(=:])\/(work|root|home\/\w+|Users\/\w+)\//)).toEqual([]);
  });

  it('names no package registry', () => {
    expect(linesMatching(/registry\.(npmjs|yarnpkg|npmmirror)\.|artifactory|verdaccio|"resolved": "https?:/)).toEqual([]);
  });

  it('holds no private key and no cloud or session token', () => {
    expect(linesMatching(/-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\./)).toEqual([]);
  });

  it('holds no address with a password in it', () => {
    const withPassword = /\b(mysql|mariadb|amqps?|rediss?|https?):\/\/[^\s:@/'"`]*:(?!password@|secret@|pass@)[^\s@/'"`${}<>]{4,}@/;
    // Specs need invented ones, to prove that they are never printed.
    const running = files.filter((path) => !isTestCode(path));
    expect(linesMatching(withPassword, running)).toEqual([]);
  });

  it('does not track what is built, installed or written at run time', () => {
    expect(trackedFiles().filter((path) => /(^|\/)(node_modules|dist|\.turbo|coverage)\/|^(data|run)\//.test(path))).toEqual([]);
  });
});
