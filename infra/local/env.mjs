import { resolve } from 'node:path';
import { SERVICES } from './paths.mjs';
import { namesOf } from './provision.mjs';
import { readState } from './server-set.mjs';

const upperSnake = (name) => name.replaceAll('-', '_').toUpperCase();
const mysqlUrl = (user, password, port, schema) => `mysql://${user}:${password}@127.0.0.1:${port}/${schema}`;

/** The contract documented at the top of servers.mjs. @returns what the services read, as name -> value */
export function serviceEnv(dir) {
  const state = readState(resolve(dir));
  const env = {
    AMQP_URL: `amqp://concentric:${state.rabbitmq.password}@127.0.0.1:${state.rabbitmq.port}`,
    REDIS_URL: `redis://:${state.redis.password}@127.0.0.1:${state.redis.port}`,
    PII_KEY: state.piiKey,
  };
  for (const service of SERVICES) {
    const passwords = state.services[service];
    if (!passwords) continue;
    const { schema, owner, user } = namesOf(service);
    const { port } = state.mariadb;
    env[`${upperSnake(service)}_DATABASE_URL`] = mysqlUrl(user, passwords.userPassword, port, schema);
    env[`${upperSnake(service)}_MIGRATION_DATABASE_URL`] = mysqlUrl(owner, passwords.ownerPassword, port, schema);
  }
  return env;
}

/** What specs read: an administrator, so that each can make schemas of its own and drop them again. */
export function testEnv(dir) {
  const state = readState(resolve(dir));
  const { AMQP_URL, REDIS_URL } = serviceEnv(dir);
  const admin = mysqlUrl('root', state.mariadb.password, state.mariadb.port, '');
  return { TEST_MARIADB_URL: admin, TEST_AMQP_URL: AMQP_URL, TEST_REDIS_URL: REDIS_URL };
}
