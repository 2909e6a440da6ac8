// One jest preset for every package: TypeScript sources run as they are, without a build.
const swc = require('./swc.json');
delete swc.$schema;
module.exports = {
  testEnvironment: 'node',
  // The "source" condition makes workspace packages resolve to their src, so a test never sees a stale build.
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  testTimeout: 60_000,
};
