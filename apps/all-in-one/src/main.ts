import { join } from 'node:path';
import { definition as commerce } from '@concentric/commerce';
import { definition as contentPlanning } from '@concentric/content-planning';
import { definition as distribution } from '@concentric/distribution';
import { definition as indicators } from '@concentric/indicators';
import { definition as membership } from '@concentric/membership';
import { definition as organization } from '@concentric/organization';
import { loadSample, sampleStart } from '@concentric/replay';
import {
  createService,
  FrontServer,
  InProcessBroker,
  localSecret,
  type RunningService,
  SimulatedClock,
  SystemClock,
} from '@concentric/service-kit';
import { configOf, givenPassword, help, type Options, readOptions } from './all-in-one.config';
import { takeDataFolder } from './data-folder';
import { startError } from './start-error';
import { emptyText, sampleText } from './start-text';

const definitions = [organization, commerce, contentPlanning, membership, distribution, indicators];
let stopping = false;
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function serve(options: Options): Promise<void> {
  const names = definitions.map(({ name }) => name);
  const [front, services]: [FrontServer, RunningService[]] = [new FrontServer(join(__dirname, '../../console/dist'), names), []];
  // The port first: where it is taken, no folder is left behind.
  const port = await front.listen(options.port, options.host);
  const giveBack = takeDataFolder(options.dataFolder);
  const close = async () => {
    stopping = true;
    await front.close();
    await Promise.all(services.map((service) => service.close()));
    giveBack();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
  try {
    const broker = new InProcessBroker(names);
    const clock = options.simulatedClock ? new SimulatedClock() : new SystemClock();
    // A load that was cut off goes on where it was; it lets the clock follow the system in the end.
    if (options.sample && clock instanceof SimulatedClock) clock.set(sampleStart);
    for (const definition of definitions) {
      // Tokens are issued and expire in real time, whatever moment the others live through.
      const own = definition === organization ? new SystemClock() : clock;
      const service = await createService(definition, { config: configOf(definition.name, options, port), broker, clock: own });
      services.push(service);
      front.mount(service);
    }
    const url = `http://${options.host.replace('0.0.0.0', '127.0.0.1')}:${port}`;
    const adminPassword = givenPassword() ?? localSecret(options.dataFolder, 'BOOTSTRAP_ADMIN_PASSWORD', () => crypto.randomUUID());
    say(options.sample ? sampleText(await loadSample({ baseUrl: url, adminPassword, log: say })) : emptyText(url));
    say(`Concentric is at ${url} (operator "admin", password in ${join(options.dataFolder, 'secrets.json')})`);
  } catch (error) {
    if (!stopping) giveBack();
    throw error;
  }
}

let options: Options | undefined;
Promise.resolve()
  .then(() => ((options = readOptions()).help ? say(help) : serve(options)))
  .catch((error: unknown) => {
    if (stopping) return;
    process.stderr.write(`Concentric cannot start: ${startError(error, options?.port ?? 0, options?.dataFolder ?? '')}\n`);
    process.exit(1);
  });
