module.exports = { ...require('@concentric/tooling/jest-preset'), rootDir: __dirname, displayName: 'content-planning' };
