import { serverUrls } from './server-urls';

export interface TestDatabase {
  readonly name: 'sqlite' | 'mariadb';
  readonly dialect: 'sqlite' | 'mysql';
  /** Administrator URL of the server; SQLite has none. */
  readonly adminUrl?: string;
}

/**
 * The databases that specs run on: `describe.each(databases())('... on $name', (db) => ...)`. SQLite always; MariaDB
 * or MySQL when TEST_MARIADB_URL is set, otherwise a skipped block says so.
 */
export function databases(): TestDatabase[] {
  const sqlite: TestDatabase = { name: 'sqlite', dialect: 'sqlite' };
  if (serverUrls.mariadb !== undefined) return [sqlite, { name: 'mariadb', dialect: 'mysql', adminUrl: serverUrls.mariadb }];
  describe.skip('on mariadb (TEST_MARIADB_URL is not set)', () => {
    it('runs the same specs', () => undefined);
  });
  return [sqlite];
}
