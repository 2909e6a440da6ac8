import { serverUrls } from '@concentric/testing';
import type { Servers, Shape } from './installation';

/** The servers that the shape of one process per service needs, undefined where the machine has none. */
function serversOfThisRun(): Servers | undefined {
  const { mariadb, amqp, redis } = serverUrls;
  return mariadb === undefined || amqp === undefined ? undefined : { mariadb, amqp, ...(redis === undefined ? {} : { redis }) };
}

/** Shapes in which the product can run here; the one that cannot is skipped under its name. */
export function shapesOfThisRun(): { shape: Shape; servers?: Servers }[] {
  const servers = serversOfThisRun();
  if (servers !== undefined) return [{ shape: 'all-in-one' }, { shape: 'services', servers }];
  describe.skip('in the shape services (TEST_MARIADB_URL and TEST_AMQP_URL are not set)', () => {
    it('does the same', () => undefined);
  });
  return [{ shape: 'all-in-one' }];
}
