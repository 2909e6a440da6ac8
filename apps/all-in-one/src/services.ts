import { definition as commerce } from '@concentric/commerce';
import { definition as contentPlanning } from '@concentric/content-planning';
import { definition as distribution } from '@concentric/distribution';
import { definition as indicators } from '@concentric/indicators';
import { definition as membership } from '@concentric/membership';
import { definition as organization } from '@concentric/organization';
import { sampleStart } from '@concentric/replay';
import { createService, InProcessBroker, type RunningService, SimulatedClock, SystemClock } from '@concentric/service-kit';
import { configOf, type Options } from './all-in-one.config';

const definitions = [organization, commerce, contentPlanning, membership, distribution, indicators];

export const serviceNames = definitions.map(({ name }) => name);

/** Starts every service on one broker and one clock. @param started takes each as soon as it runs, so that a stop in between ends it too */
export async function startServices(options: Options, port: number, started: (service: RunningService) => void): Promise<void> {
  const broker = new InProcessBroker(serviceNames);
  const clock = options.simulatedClock ? new SimulatedClock() : new SystemClock();
  // A load that was cut off goes on where it was; it lets the clock follow the system in the end.
  if (options.sample && clock instanceof SimulatedClock) clock.set(sampleStart);
  for (const definition of definitions) {
    // Tokens are issued and expire in real time, whatever moment the others live through.
    const own = definition === organization ? new SystemClock() : clock;
    started(await createService(definition, { config: configOf(definition.name, options, port), broker, clock: own }));
  }
}
