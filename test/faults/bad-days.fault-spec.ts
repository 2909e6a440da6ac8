import { setClocks } from '@concentric/replay';
import { hireCrew } from '../flows/crew';
import type { FlowBrand } from '../flows/flow-brand';
import { Installation } from '../flows/installation';
import { shapesOfThisRun } from '../flows/shapes';
import { crashFaults } from './crash.faults';
import { inputFaults } from './input.faults';
import { outageFaults } from './outage.faults';
import { poisonFaults } from './poison.faults';
import { PrivateServers } from './private-servers';
import { redeliveryFaults } from './redelivery.faults';
import { NOW, undisturbedMoney } from './trouble';

jest.setTimeout(240_000);

describe.each(shapesOfThisRun().map(({ shape }) => ({ shape })))('on a bad day in the shape $shape', ({ shape }) => {
  let servers: PrivateServers | undefined;
  let world: FlowBrand['world'];
  let undisturbed: Record<string, readonly string[]>;

  beforeAll(async () => {
    // Servers of our own: they are to be killed.
    servers = shape === 'services' ? await PrivateServers.start() : undefined;
    const installation = await Installation.start(shape, servers?.urls);
    world = { installation, crew: await hireCrew(installation) };
    await setClocks(world.crew.operations, NOW);
    undisturbed = await undisturbedMoney(world);
  });
  afterAll(async () => {
    await world?.installation.stop();
    await servers?.stop();
  });

  describe('a killed process', () => crashFaults(() => world, () => undisturbed));
  if (shape === 'services') describe('a server that goes away', () => outageFaults(() => world, () => servers!, () => undisturbed));
  describe('repeated deliveries', () => redeliveryFaults(() => world));
  describe('poison', () => poisonFaults(() => world));
  describe('wrong input', () => inputFaults(() => world));
});
