import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { findBinaries } from './binaries.mjs';
import { fillTemplate, runSql } from './mariadb.mjs';
import { ROOT, SERVICES } from './paths.mjs';
import { readState, writeState } from './server-set.mjs';

const TEMPLATE = join(ROOT, 'infra/mysql/provision-service.sql');
const secret = () => randomBytes(18).toString('hex');

/**
 * The suffix is short because MySQL 8 allows 32 characters in a user name.
 * @returns the schema of a service and the two users that may reach it
 */
export function namesOf(service) {
  const schema = `concentric_${service.replaceAll('-', '_')}`;
  return { schema, owner: `${schema}_ddl`, user: schema };
}

/**
 * @param passwords {[service]: {ownerPassword, userPassword}}
 * @returns the statements that create every service's schema and users
 */
export function provisioningSql(passwords) {
  const statements = SERVICES.map((service) => {
    const names = namesOf(service);
    const grantSchema = names.schema.replaceAll('_', '\\_');
    return fillTemplate(TEMPLATE, { ...names, grantSchema, ...passwords[service] });
  });
  return statements.join('\n');
}

/** Creates every service's schema and users on the private MariaDB; passwords are made once and kept. Repeatable. */
export function provision(dir) {
  dir = resolve(dir);
  const state = readState(dir);
  for (const service of SERVICES) {
    state.services[service] ??= { ownerPassword: secret(), userPassword: secret() };
  }
  writeState(dir, state);
  runSql(findBinaries(), join(dir, 'mariadb'), provisioningSql(state.services));
}
