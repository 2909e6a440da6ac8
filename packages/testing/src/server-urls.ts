/** Where specs find servers of their own; each is undefined when there is none, and its specs are skipped by name. */
export const serverUrls = {
  /** An administrator of a throwaway MySQL or MariaDB server, without a schema. */
  mariadb: process.env.TEST_MARIADB_URL || undefined,
  amqp: process.env.TEST_AMQP_URL || undefined,
  redis: process.env.TEST_REDIS_URL || undefined,
  /** Path of a Chromium executable. */
  chromium: process.env.TEST_CHROMIUM || undefined,
  /** Path of hledger, which checks the books independently. */
  hledger: process.env.TEST_HLEDGER || undefined,
} as const;

const PROGRAMS: readonly string[] = ['chromium', 'hledger'];

/** `describe` when the server is there, else a block that is visibly skipped with the name of what is missing. */
export function describeWith(server: keyof typeof serverUrls, what: string, specs: () => void): void {
  if (serverUrls[server] === undefined)
    describe.skip(`${what} (TEST_${server.toUpperCase()}${PROGRAMS.includes(server) ? '' : '_URL'} is not set)`, specs);
  else describe(what, specs);
}
