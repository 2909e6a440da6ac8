import { randomBytes } from 'node:crypto';
import { definition as commerce } from '@concentric/commerce';
import { definition as contentPlanning } from '@concentric/content-planning';
import { definition as distribution } from '@concentric/distribution';
import { definition as indicators } from '@concentric/indicators';
import { definition as membership } from '@concentric/membership';
import { definition as organization } from '@concentric/organization';
import type { ServiceUrls, Target } from '@concentric/replay';
import { createService, FrontServer, InProcessBroker, type RunningService, serviceConfig, SimulatedClock } from '@concentric/service-kit';

const definitions = [organization, commerce, contentPlanning, membership, distribution, indicators];

/** Every service in this process, from source, on throwaway databases in a folder. */
export async function embeddedTarget(folder: string): Promise<Target> {
  const adminPassword = randomBytes(18).toString('base64url');
  process.env['BOOTSTRAP_ADMIN_PASSWORD'] = adminPassword;
  const front = new FrontServer(
    folder,
    definitions.map(({ name }) => name),
  );
  const port = await front.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const broker = new InProcessBroker(definitions.map(({ name }) => name));
  const clock = new SimulatedClock();
  const env = {
    DATA_FOLDER: folder,
    PORT: String(port),
    CLOCK: 'simulated',
    LOG_LEVEL: 'error',
    SHUTDOWN_DELAY_MS: '0',
    KEY_SET_URL: `${url}/api/organization/keys`,
  };
  const services: RunningService[] = [];
  for (const definition of definitions) {
    const service = await createService(definition, { config: serviceConfig(definition.name, env), broker, clock });
    services.push(service);
    front.mount(service);
  }
  const stop = async () => {
    await front.close();
    for (const service of services) await service.close();
  };
  const urls = Object.fromEntries(definitions.map(({ name }) => [name, url])) as ServiceUrls;
  return { urls, adminPassword, failed: new Promise<never>(() => undefined), stop };
}
