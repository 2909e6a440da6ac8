// One run over every workspace that has tests. Each keeps its own jest.config.cjs, so it can also be run alone.
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const folders = ['packages', 'apps']
  .flatMap((group) => readdirSync(join(__dirname, group)).map((name) => join(__dirname, group, name)))
  .concat(join(__dirname, 'test'));

module.exports = {
  projects: folders.filter((folder) => existsSync(join(folder, 'jest.config.cjs'))),
  // With projects, jest takes this from here only: specs on real servers need longer than its five seconds.
  testTimeout: 180_000,
  // Workers that grew are replaced between files, so that one heavy flow does not slow down the rest.
  workerIdleMemoryLimit: '700MB',
};
