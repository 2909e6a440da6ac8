import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A secret of the embedded shape: made once, kept in `<dataFolder>/secrets.json`, readable by its owner alone.
 * Whoever copies the data folder copies the secrets with it, so personal data stays readable.
 * @param make called only when the secret does not exist yet
 */
export function localSecret(dataFolder: string, name: string, make: () => string): string {
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, 'secrets.json');
  const secrets = readSecrets(path);
  const known = secrets[name];
  if (known !== undefined) return known;
  const made = make();
  // Written aside and renamed: a crash half way must not leave a file without the older secrets.
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify({ ...secrets, [name]: made }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
  return made;
}

function readSecrets(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${path} is not a JSON object`);
  return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
