const preset = require('@concentric/tooling/jest-preset');

module.exports = {
  ...preset,
  rootDir: __dirname,
  displayName: 'console',
};
