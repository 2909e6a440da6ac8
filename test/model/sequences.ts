import { seedOf, type TestDatabase } from '@concentric/testing';
import { COMMANDS, type Command } from './commands';
import { differences } from './compare';
import { Product } from './product';
import { Random } from './random';
import { World } from './world';

const SEED = seedOf('MODEL_SEED');
const SEQUENCES = Number(process.env['MODEL_SEQUENCES'] ?? 50);
const COMMANDS_EACH = Number(process.env['MODEL_COMMANDS'] ?? 100);
/** Only this one of the sequences: to look again at one that failed. */
const ONLY = process.env['MODEL_ONLY'];
/** Brands that share a service: founding one is cheaper than starting the other. */
const BRANDS_EACH = 10;

const weights = COMMANDS.reduce((sum, { weight }) => sum + weight, 0);

/** How often each command had something to do, so that nobody takes for tested what never happened. */
const happened = new Map(COMMANDS.map(({ name }) => [name, 0]));

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
  // A time of its own, so that it does not depend on the sequences before it; each begins in another month, and some see a leap day.
  product.passTo(Date.UTC(2026 + 4 * (sequence % BRANDS_EACH), sequence % 12, 20));
  const done: string[] = [];
  try {
    const world = await World.begin(random, product, `brand-${sequence}`);
    for (let n = 0; n < COMMANDS_EACH; n += 1) {
      const command = await happen(world, done);
      if (command.name !== 'days pass' && n < COMMANDS_EACH - 1) continue;
      await world.product.expectRest();
      const found = await differences(world);
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

/** Random sequences of commands on a real service: balances and statements are what the model says. One file per database, for two workers. */
export function describeSequences(db: TestDatabase): void {
  const sequences = ONLY === undefined ? Array.from({ length: SEQUENCES }, (_, index) => index) : [Number(ONLY)];
  const groups = Array.from({ length: Math.ceil(sequences.length / BRANDS_EACH) }, (_, index) =>
    sequences.slice(index * BRANDS_EACH, (index + 1) * BRANDS_EACH),
  );
  process.stdout.write(`model on ${db.name}: ${sequences.length} sequences of ${COMMANDS_EACH} commands, MODEL_SEED=${SEED}\n`);

  describe(`the model, on ${db.name}`, () => {
    afterAll(() => {
      process.stdout.write(`model on ${db.name}: ${[...happened].map(([name, times]) => `${name} ${times}`).join(', ')}\n`);
    });

    it.each(groups)(
      'inv 7, 8, 10, 11, 13, 16, 17, 20, 30-34, 36, 38-40: balances and statements are what the model says, in sequence %d and those after it',
      async (...group) => {
        const product = await Product.start(db, Date.UTC(2026, 0, 1));
        let statements = 0;
        try {
          await product.standStill();
          for (const sequence of group) statements += await play(product, sequence);
        } finally {
          await product.stop();
        }
        expect(statements).toBeGreaterThan(0);
      },
      3_600_000,
    );

    // A long enough run in which something never happened has not tested it.
    if (sequences.length >= 50 && COMMANDS_EACH >= 100)
      it('made every command happen', () => {
        expect([...happened].filter(([, times]) => times === 0).map(([name]) => name)).toEqual([]);
      });
  });
}
