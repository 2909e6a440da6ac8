import { setTimeout as pause } from 'node:timers/promises';
import { seedOf } from '@concentric/testing';
import { expectMoneyInOrder, moneyOf } from '../flows/assertions';
import { Installation } from '../flows/installation';
import { shapesOfThisRun } from '../flows/shapes';
import { openWorld, tellTheTime } from '../flows/world';
import { contradictions } from './books-alone';
import { expectFilesUnchanged, openBusy } from './busy-brand';
import { type Blow, killPlan } from './kill-plan';
import { PrivateServers } from './private-servers';

const SECONDS = Number(process.env['FAULT_SECONDS'] ?? 60);
const SEED = seedOf('FAULT_SEED');
const SERVERS = ['mariadb', 'rabbitmq', 'redis'] as const;
/** Brands that are at work at once. */
const LANES = 2;

// Starting, ending the months that were begun, and living through as many undisturbed take longer than the blows.
jest.setTimeout((SECONDS * 3 + 240) * 1_000);

describe.each(shapesOfThisRun().map(({ shape }) => ({ shape })))('killed at random in the shape $shape', ({ shape }) => {
  let servers: PrivateServers | undefined;
  let installation: Installation | undefined;

  beforeAll(async () => {
    servers = shape === 'services' ? await PrivateServers.start() : undefined;
    installation = await Installation.start(shape, servers?.urls);
  });
  afterAll(async () => {
    await installation?.stop();
    await servers?.stop();
  });

  it(`inv 22-31, 36: ${SECONDS} seconds of kills leave the books right after every restart, and the money what it would have been (FAULT_SEED=${SEED})`, async () => {
    const running = installation!;
    const world = await openWorld(running);
    const lanes = await Promise.all(Array.from({ length: LANES }, (_, n) => openBusy(world, `killed-at-random-${n}`)));
    const lives = lanes.map(({ months }) => months.live());
    const failed = Promise.all(lives).then(() => new Promise<never>(() => undefined));
    const ask = running.query<Record<string, unknown>>('distribution');
    let blows = 0;
    const until = Date.now() + SECONDS * 1_000;
    for (const blow of killPlan(SEED, [...running.processes, ...(servers ? SERVERS : [])])) {
      await Promise.race([strike(blow), failed]);
      blows += 1;
      expect(await contradictions(ask)).toEqual([]);
      if (Date.now() >= until) break;
      await pause(blow.peaceMs);
    }
    for (const { months } of lanes) months.stop();
    await Promise.all(lives);
    const told = lanes.map(({ brand, months }) => `${brand.code} lived ${months.done} months`).join(', ');
    process.stdout.write(`FAULT_SEED=${SEED} in the shape ${shape}: ${blows} blows; ${told}\n`);

    for (const { brand, months } of lanes) {
      expect(months.unexplained).toEqual([]);
      expect(months.done).toBeGreaterThan(0);
      await brand.quiet();
      await expectMoneyInOrder(brand);
      await expectFilesUnchanged(brand);
      const twin = await openBusy(world, `${brand.code}-undisturbed`);
      await twin.months.live(months.done);
      await brand.quiet();
      expect(await moneyOf(brand)).toEqual(await moneyOf(twin.brand));
    }
    expect(await contradictions(ask)).toEqual([]);

    /** Kills, waits, and starts again what was killed; what was not must live on. */
    async function strike({ victims, awayMs }: Blow): Promise<void> {
      const isServer = (name: string): name is (typeof SERVERS)[number] => SERVERS.some((server) => server === name);
      await Promise.all(victims.map((name) => (isServer(name) ? servers!.kill(name) : running.kill(name))));
      await pause(awayMs);
      if (victims.some(isServer)) await servers!.resume();
      await Promise.all(victims.filter((name) => !isServer(name)).map((name) => running.launch(name)));
      const fallen = running.processes.filter((name) => !running.isRunning(name));
      if (fallen.length > 0) throw new Error(`${fallen.join()} ended when ${victims.join()} was killed.\n${running.logEnd(fallen[0]!)}`);
      await tellTheTime(world.crew);
    }
  });
});
