// npm test: everything this machine can run. `npm test -- <filter>` narrows it by path; other options go to jest.
// CI=true or --strict: also types, lint and boundaries, and a skipped test is a failure.
import { join } from 'node:path';
import { findBinaries, INSTALL_COMMAND, missingServers } from './binaries.mjs';
import { runChecks } from './checks.mjs';
import { testEnv } from './env.mjs';
import { runJest } from './jest-run.mjs';
import { checkNode, prepare } from './prepare.mjs';
import { startServers, throwawayRunFolder } from './server-set.mjs';

const RULE = '='.repeat(100);

/** Says loudly what this machine cannot run. */
function announceMissing(missing, { chromium, hledger }) {
  const lines = [];
  if (missing.length > 0) lines.push(`NOT FOUND: ${missing.join(', ')}. The shape of one process per service is NOT tested here.`);
  if (!chromium) lines.push('NOT FOUND: Chromium. The console is NOT tested in a browser here.');
  if (!hledger) lines.push('NOT FOUND: hledger. The books are NOT checked by another program here.');
  if (lines.length > 0) console.log(`\n${RULE}\n${lines.join('\n')}\nInstall with: ${INSTALL_COMMAND}\n${RULE}\n`);
}

async function startForTests(run, missing) {
  const kinds = { MariaDB: 'mariadb', Redis: 'redis', RabbitMQ: 'rabbitmq' };
  const only = Object.entries(kinds).flatMap(([name, kind]) => (missing.includes(name) ? [] : [kind]));
  if (only.length === 0) return {};
  console.log('▸ Starting private servers for the tests …');
  await startServers(run.dir, { only });
  const all = testEnv(run.dir);
  const wanted = { mariadb: 'TEST_MARIADB_URL', rabbitmq: 'TEST_AMQP_URL', redis: 'TEST_REDIS_URL' };
  return Object.fromEntries(only.map((kind) => [wanted[kind], all[wanted[kind]]]));
}

checkNode();
const strict = process.env.CI === 'true' || process.argv.includes('--strict');
const args = process.argv.slice(2).filter((argument) => argument !== '--strict');
const missing = missingServers();
const found = findBinaries();
const { chromium, hledger } = found;
announceMissing(missing, found);
await prepare();

const failedChecks = strict ? await runChecks() : [];
const run = throwawayRunFolder();
let result = { passed: 0, failed: 1, skipped: 0, ok: false };
try {
  const servers = await startForTests(run, missing);
  const env = {
    ...process.env,
    ...servers,
    ...(chromium ? { TEST_CHROMIUM: chromium } : {}),
    ...(hledger ? { TEST_HLEDGER: hledger } : {}),
  };
  result = await runJest(args, env, join(run.dir, 'result.json'));
} catch (error) {
  console.error(`✗ ${error.message}`);
} finally {
  await run.remove();
}

announceMissing(missing, found);
if (failedChecks.length > 0) console.log(`✗ Failed besides the tests: ${failedChecks.join(', ')}`);
const skippedIsFailure = strict && result.skipped > 0;
if (skippedIsFailure) console.log('✗ Tests were skipped, which counts as a failure here.');
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
const success = result.ok && result.failed === 0 && failedChecks.length === 0 && !skippedIsFailure;
process.exit(success ? 0 : 1);
