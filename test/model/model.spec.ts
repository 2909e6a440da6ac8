import { databases } from '@concentric/testing';
import { COMMANDS, type Command } from './commands';
import { differences } from './compare';
import { Product } from './product';
import { Random } from './random';
import { World } from './world';

const SEED = Number(process.env['MODEL_SEED'] ?? Date.now() % 2_147_483_647);
const SEQUENCES = Number(process.env['MODEL_SEQUENCES'] ?? 50);
const COMMANDS_EACH = Number(process.env['MODEL_COMMANDS'] ?? 100);
/** Only this one of the sequences, after those it shared a service with: to look again at one that failed. */
const ONLY = process.env['MODEL_ONLY'];
/** Brands that share a service: founding one is cheaper than starting the other, but every brand is looked after to the end. */
const BRANDS_EACH = 5;

const weights = COMMANDS.reduce((sum, { weight }) => sum + weight, 0);
process.stdout.write(`model: ${SEQUENCES} sequences of ${COMMANDS_EACH} commands, MODEL_SEED=${SEED}\n`);

/** How often each command had something to do, so that nobody takes for tested what never happened. */
const happened = new Map(COMMANDS.map(({ name }) => [name, 0]));
afterAll(() => void process.stdout.write(`model: ${[...happened].map(([name, times]) => `${name} ${times}`).join(', ')}\n`));

function choose(random: Random): Command {
  let at = random.int(1, weights);
  return COMMANDS.find(({ weight }) => (at -= weight) <= 0)!;
}

/** Does something: what has nothing to be done to gives way to something else. */
async function happen(world: World, done: string[]): Promise<Command> {
  for (;;) {
    const command = choose(world.random);
    done.push(command.name);
    const said = await command.run(world);
    if (said === null) {
      done.pop();
      continue;
    }
    done[done.length - 1] = `${command.name}: ${said}`;
    happened.set(command.name, happened.get(command.name)! + 1);
    return command;
  }
}

/** Runs a sequence and compares everything after each day, and at its end. */
async function play(product: Product, sequence: number): Promise<number> {
  const random = new Random(SEED + sequence * 7_919);
  const done: string[] = [];
  try {
    const world = await World.begin(random, product, `brand-${sequence}`);
    for (let n = 0; n < COMMANDS_EACH; n += 1) {
      const command = await happen(world, done);
      if (command.name !== 'days pass' && n < COMMANDS_EACH - 1) continue;
      const found = await differences(world.model, world.product);
      if (found.length > 0) throw new Error(`model and product disagree:\n  ${found.slice(0, 30).join('\n  ')}`);
    }
    return world.model.accounts.statements.all.length;
  } catch (error) {
    const replay = `MODEL_SEED=${SEED} MODEL_COMMANDS=${COMMANDS_EACH} MODEL_ONLY=${sequence}`;
    throw new Error(
      `sequence ${sequence} (${replay}) after ${done.length} commands: ${(error as Error).message}\n${done.map((line, n) => `  ${n + 1}. ${line}`).join('\n')}`,
      { cause: error },
    );
  }
}

describe.each(databases())('the model, on $name', (db) => {
  // What brands before it did to the clock is a part of a sequence: it is never replayed without them.
  const last = ONLY === undefined ? SEQUENCES - 1 : Number(ONLY);
  const first = ONLY === undefined ? 0 : last - (last % BRANDS_EACH);
  const sequences = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const groups = Array.from({ length: Math.ceil(sequences.length / BRANDS_EACH) }, (_, index) =>
    sequences.slice(index * BRANDS_EACH, (index + 1) * BRANDS_EACH),
  );

  it.each(groups)(
    'inv 7, 8, 11, 13, 16, 17, 20, 30-34, 36, 38: balances and statements are what the model says, in sequence %d and those after it',
    async (...group) => {
      // A group goes through years, with a leap day among them; each begins in another month.
      const product = await Product.start(db, Date.UTC(2026, group[0]! % 12, 20));
      let statements = 0;
      try {
        for (const sequence of group) statements += await play(product, sequence);
      } finally {
        await product.stop();
      }
      expect(statements).toBeGreaterThan(0);
    },
    600_000,
  );
});
