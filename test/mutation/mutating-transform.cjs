// Hands jest one source file with a mistake in it, without touching the file.
const { createTransformer } = require('@swc/jest');

/** @param options what @swc/jest takes, and the mutant: { file, start, end, to } */
module.exports.createTransformer = ({ mutant, ...swc }) => {
  const inner = createTransformer(swc);
  const broken = (text, file) => (mutant && file === mutant.file ? text.slice(0, mutant.start) + mutant.to + text.slice(mutant.end) : text);
  return {
    ...inner,
    process: (text, file, options) => inner.process(broken(text, file), file, options),
    getCacheKey: (text, file, options) => inner.getCacheKey(broken(text, file), file, options),
  };
};
