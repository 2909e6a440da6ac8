module.exports = { ...require('@concentric/tooling/jest-preset'), displayName: 'membership', rootDir: __dirname };
