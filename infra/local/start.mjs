// npm start: install, build, and run every service in one process. The product itself reports on what it does.
import { join } from 'node:path';
import util from 'node:util';
import { ROOT } from './paths.mjs';
import { checkNode, prepare } from './prepare.mjs';
import { runNode } from './run-node.mjs';

const HELP = `npm start -- [options]

Installs and builds if needed, then runs all services and the console on one port, with the sample brand.

  --empty      start without the sample brand
  --port N     port for console and API (default 3000)
  --data DIR   folder for the databases (default ./data)
  --help       show this`;

const OPTIONS = {
  empty: { type: 'boolean' },
  port: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

function refuse(message) {
  console.error(`✗ ${message}\n\n${HELP}`);
  process.exit(2);
}

function readOptions(argv) {
  try {
    const { values } = util.parseArgs({ args: argv, options: OPTIONS, strict: true, allowPositionals: false });
    return values;
  } catch (error) {
    return refuse(error.message);
  }
}

checkNode();
const argv = process.argv.slice(2);
const options = readOptions(argv);
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
if (options.port !== undefined && !(/^\d{1,5}$/.test(options.port) && Number(options.port) <= 65535)) {
  refuse(`--port must be a number from 0 to 65535, not "${options.port}".`);
}
if (options.data === '') refuse('--data must name a folder.');

await prepare();
// The bound keeps the whole product within its promised memory even while the sample year runs through it.
process.exit(await runNode(['--max-old-space-size=400', join(ROOT, 'apps/all-in-one/dist/main.js'), ...argv]));
