import { Logger } from '@nestjs/common';
import { ServiceLogger } from '../observability/service-logger';
import { createService } from './create-service';
import { deadLetterCommand } from './dead-letter-command';
import { configFromProcess } from './process.config';
import type { RunningService, ServiceDefinition } from './service-definition';

/** Everything of a service's `main.ts`: serve until told to stop, or run one operator command and end. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const [command, ...words] = process.argv.slice(2);
  try {
    const config = configFromProcess(definition.name);
    if (command === 'dead-letters') {
      // An operator reads the answer, not the log of a service that starts and stops for it.
      Logger.overrideLogger(new ServiceLogger({ ...config, logLevel: 'silent' }));
      process.exitCode = await deadLetterCommand(definition, { ...config, logLevel: 'silent', shutdownDelayMs: 0 }, words);
      return;
    }
    if (command !== undefined)
      throw new Error(`unknown command ${command}: there is only "dead-letters list|show <id>|replay <id>|replay --all"`);
    const service = await createService(definition, { config });
    stopOnSignal(service);
    await service.app.listen(config.port, config.host);
    Logger.log({ msg: 'listening', host: config.host, port: config.port, mode: config.mode });
  } catch (error) {
    process.stderr.write(`${definition.name} cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** Closes on SIGTERM and SIGINT; a second signal does not wait. */
function stopOnSignal(service: RunningService): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      service.close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${service.name} did not stop cleanly: ${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
