import { join } from 'node:path';
import { loadSample } from '@concentric/replay';
import { FrontServer, localSecret, type RunningService } from '@concentric/service-kit';
import { givenPassword, help, type Options, readOptions } from './all-in-one.config';
import { takeDataFolder } from './data-folder';
import { serviceNames, startServices } from './services';
import { startError } from './start-error';
import { emptyText, sampleText } from './start-text';

let stopping = false;
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function serve(options: Options): Promise<void> {
  const front = new FrontServer(join(__dirname, '../../console/dist'), serviceNames);
  const services: RunningService[] = [];
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
    await startServices(options, port, (service) => {
      services.push(service);
      front.mount(service);
    });
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
