module.exports = { ...require('@concentric/tooling/jest-preset'), displayName: 'indicators', rootDir: __dirname };
