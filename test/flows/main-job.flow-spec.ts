import { disputeFlows } from './dispute.flows';
import { type Flow, playFlow } from './flow';
import type { FlowBrand } from './flow-brand';
import { Installation } from './installation';
import { networkFlows } from './network.flows';
import { orderFlows } from './order.flows';
import { payoutFlows } from './payout.flows';
import { settlementFlows } from './settlement.flows';
import { shapesOfThisRun } from './shapes';
import { openWorld } from './world';

jest.setTimeout(180_000);

const flows: Flow[] = [...settlementFlows, ...orderFlows, ...networkFlows, ...disputeFlows, ...payoutFlows];

describe.each(shapesOfThisRun())('the main job in the shape $shape', ({ shape, servers }) => {
  let installation: Installation;
  let world: FlowBrand['world'];

  beforeAll(async () => {
    installation = await Installation.start(shape, servers);
    world = await openWorld(installation);
  });
  afterAll(() => installation?.stop());

  it.each(flows.map((flow, index) => ({ ...flow, index })))('$name', async ({ index, ...flow }) => {
    await playFlow(world, `flow-${index}`, flow);
  });
});
