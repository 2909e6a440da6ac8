// npm run replay: install, build, and run somebody's own history through the whole line in a throwaway data folder.
import { join } from 'node:path';
import util from 'node:util';
import { INSTALL_COMMAND, missingServers } from './binaries.mjs';
import { serviceEnv } from './env.mjs';
import { ROOT } from './paths.mjs';
import { checkNode, prepare } from './prepare.mjs';
import { provision } from './provision.mjs';
import { runNode } from './run-node.mjs';
import { startServers, throwawayRunFolder } from './server-set.mjs';

const HELP = `npm run replay -- <manifest folder> [options]

Runs the files that a manifest describes through the whole line and writes the resulting figures.

  --files DIR                    folder of the files that the manifest names (default: the manifest folder)
  --out DIR                      folder for the results
  --shape all-in-one|services    one process on embedded databases (default), or one process per service on private
                                 MariaDB, RabbitMQ and Redis
  --help                         show this`;

const OPTIONS = {
  files: { type: 'string' },
  out: { type: 'string' },
  shape: { type: 'string', default: 'all-in-one' },
  help: { type: 'boolean', short: 'h' },
};

function refuse(message) {
  console.error(`✗ ${message}\n\n${HELP}`);
  process.exit(2);
}

function readOptions(argv) {
  try {
    const { values, positionals } = util.parseArgs({
      args: argv,
      options: OPTIONS,
      strict: true,
      allowPositionals: true,
    });
    if (values.help) return values;
    if (positionals.length !== 1) refuse('Name one manifest folder.');
    if (!['all-in-one', 'services'].includes(values.shape)) refuse(`Unknown shape "${values.shape}".`);
    return values;
  } catch (error) {
    return refuse(error.message);
  }
}

const replay = (argv, env) => runNode([join(ROOT, 'apps/replay/dist/main.js'), ...argv], env);

async function replayOnServices(argv) {
  const run = throwawayRunFolder();
  try {
    console.log('▸ Starting private MariaDB, RabbitMQ and Redis …');
    await startServers(run.dir);
    provision(run.dir);
    return await replay(argv, { ...process.env, ...serviceEnv(run.dir) });
  } catch (error) {
    console.error(`✗ ${error.message}`);
    return 1;
  } finally {
    await run.remove();
  }
}

checkNode();
const argv = process.argv.slice(2);
const options = readOptions(argv);
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const missing = options.shape === 'services' ? missingServers() : [];
if (missing.length > 0) {
  console.error(`✗ --shape services needs ${missing.join(', ')}, not installed here. Install with: ${INSTALL_COMMAND}`);
  process.exit(1);
}
await prepare();
process.exit(options.shape === 'services' ? await replayOnServices(argv) : await replay(argv));
