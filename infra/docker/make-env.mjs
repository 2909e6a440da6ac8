// Makes the secrets of a compose installation, once:  node infra/docker/make-env.mjs
// Writes .env and provision.generated.sql beside the compose file; both stay out of version control.
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SERVICES } from '../local/paths.mjs';
import { provisioningSql } from '../local/provision.mjs';

const folder = join(ROOT, 'infra/docker');
const envFile = join(folder, '.env');
if (existsSync(envFile)) {
  console.error(`✗ ${envFile} exists. Its secrets belong to a database; remove it yourself if that is gone.`);
  process.exit(1);
}
const secret = () => randomBytes(24).toString('hex');
const env = {
  MYSQL_ROOT_PASSWORD: secret(),
  RABBITMQ_PASSWORD: secret(),
  REDIS_PASSWORD: secret(),
  PII_KEY: randomBytes(32).toString('base64'),
};
const passwords = {};
for (const service of SERVICES) {
  const prefix = service.replaceAll('-', '_').toUpperCase();
  passwords[service] = { ownerPassword: secret(), userPassword: secret() };
  env[`${prefix}_PASSWORD`] = passwords[service].userPassword;
  env[`${prefix}_OWNER_PASSWORD`] = passwords[service].ownerPassword;
}
const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`);
writeFileSync(envFile, lines.join(''), { mode: 0o600 });
// Read by the database container's own user, so it cannot be private to this one.
writeFileSync(join(folder, 'provision.generated.sql'), provisioningSql(passwords), { mode: 0o644 });
console.log('✓ Wrote .env and provision.generated.sql. Next: docker compose up --build');
