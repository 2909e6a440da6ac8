import type { FlowBrand } from '../flows/flow-brand';
import { Installation } from '../flows/installation';
import { shapesOfThisRun } from '../flows/shapes';
import { openWorld } from '../flows/world';
import { crashFaults } from './crash.faults';
import { inputFaults } from './input.faults';
import { absenceFaults, outageFaults } from './outage.faults';
import { payoutFaults } from './payout.faults';
import { poisonFaults } from './poison.faults';
import { PrivateServers } from './private-servers';
import { raceFaults } from './race.faults';
import { replicaFaults } from './replica.faults';
import { redeliveryFaults } from './redelivery.faults';
import { undisturbedMoney } from './trouble';

jest.setTimeout(240_000);

describe.each(shapesOfThisRun().map(({ shape }) => ({ shape })))('on a bad day in the shape $shape', ({ shape }) => {
  let servers: PrivateServers | undefined;
  let installation: Installation | undefined;
  let world: FlowBrand['world'];
  let undisturbed: Record<string, readonly string[]>;

  beforeAll(async () => {
    // Servers of our own: they are to be killed.
    servers = shape === 'services' ? await PrivateServers.start() : undefined;
    installation = await Installation.start(shape, servers?.urls);
    world = await openWorld(installation);
    undisturbed = await undisturbedMoney(world);
  });
  afterAll(async () => {
    await installation?.stop();
    await servers?.stop();
  });

  describe('a killed process', () =>
    crashFaults(
      () => world,
      () => undisturbed,
    ));
  describe('payouts', () => payoutFaults(() => world));
  if (shape === 'services')
    describe('a server that goes away', () =>
      outageFaults(
        () => world,
        () => servers!,
        () => undisturbed,
      ));
  if (shape === 'services')
    describe('a service that is away', () =>
      absenceFaults(
        () => world,
        () => undisturbed,
      ));
  describe('several at once', () => raceFaults(() => world));
  if (shape === 'services')
    describe('two processes of one service', () =>
      replicaFaults(
        () => world,
        () => servers!,
      ));
  describe('repeated deliveries', () => redeliveryFaults(() => world));
  describe('poison', () => poisonFaults(() => world));
  describe('wrong input', () => inputFaults(() => world));
});
