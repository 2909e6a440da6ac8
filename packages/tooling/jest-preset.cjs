// One jest preset for every package: TypeScript sources run as they are, without a build.
const swc = require('./swc.json');
delete swc.$schema;
module.exports = {
  testEnvironment: 'node',
  // The "source" condition makes workspace packages resolve to their src, so a test never sees a stale build.
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  // Unit specs (x.spec.ts) beside the code, integration specs (x.int-spec.ts) in test/; jest's own default misses the latter.
  testMatch: ['**/*.spec.ts', '**/*-spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  testTimeout: 60_000,
};
