// Lets a child process of a spec run TypeScript sources as they are, the way the specs themselves do.
const { transformFileSync } = require('@swc/core');
const { $schema, ...swc } = require('@concentric/tooling/swc.json');

require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, { ...swc, swcrc: false }).code, file);
