// Starts the service that the image was built for, in this very process, so that it gets the signals itself.
import { existsSync } from 'node:fs';
import Module from 'node:module';

const folder = `/app/apps/${process.env.SERVICE}/dist`;
const main = [`${folder}/src/main.js`, `${folder}/main.js`].find((path) => existsSync(path));
if (!main) {
  console.error(`No built service "${process.env.SERVICE}" in this image.`);
  process.exit(1);
}
process.argv[1] = main;
// As if it had been named on the command line: the service may ask whether it is the program.
Module.runMain(main);
