import type { ServiceConfig } from '../config/service.config';
import type { DeadLetters } from '../events/dead-letters';
import { createService } from './create-service';
import type { ServiceDefinition } from './service-definition';

const USAGE = 'usage: dead-letters list | show <id> | replay <id> | replay --all\n';

/** `dead-letters …` on the command line of a service. @returns the exit code: 1 when something is still failing, 2 for wrong words */
export async function deadLetterCommand(definition: ServiceDefinition, config: ServiceConfig, words: readonly string[]): Promise<number> {
  const [verb, target] = words;
  if (!['list', 'show', 'replay'].includes(verb ?? '') || (verb !== 'list' && target === undefined)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const service = await createService(definition, { config, idle: true });
  try {
    return await run(service.deadLetters, verb ?? 'list', target ?? '');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await service.close();
  }
}

async function run(deadLetters: DeadLetters, verb: string, target: string): Promise<number> {
  if (verb === 'replay') {
    const { replayed, failed } = await deadLetters.replay(target === '--all' ? 'all' : target);
    process.stdout.write(`replayed ${replayed}, still failing ${failed}\n`);
    return failed === 0 ? 0 : 1;
  }
  const letters = verb === 'show' ? [await deadLetters.show(target)] : await deadLetters.list({ limit: 500 });
  for (const letter of letters) process.stdout.write(`${JSON.stringify(letter)}\n`);
  return 0;
}
