import { createService, InProcessBroker, type ServiceConfig } from '@concentric/service-kit';
import { commerce } from '../src';

/** Runs the service on a schema until a crash point kills it; started by import-crash.int-spec.ts. */
async function main(): Promise<void> {
  const config: ServiceConfig = JSON.parse(process.argv[2] ?? '');
  await createService(commerce, { config, broker: new InProcessBroker(), jobPolicy: { leaseMs: 400, waitsMs: [50, 50, 50, 50] } });
}

void main();
