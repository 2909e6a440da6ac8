import { setClocks } from '@concentric/replay';
import { type Crew, hireCrew } from './crew';
import { type Flow, playFlow } from './flow';
import { Installation } from './installation';
import { networkFlows } from './network.flows';
import { orderFlows } from './order.flows';
import { settlementFlows } from './settlement.flows';
import { shapesOfThisRun } from './shapes';

jest.setTimeout(180_000);

const flows: Flow[] = [...settlementFlows, ...orderFlows, ...networkFlows];

describe.each(shapesOfThisRun())('the main job in the shape $shape', ({ shape, servers }) => {
  let installation: Installation;
  let crew: Crew;

  beforeAll(async () => {
    installation = await Installation.start(shape, servers);
    crew = await hireCrew(installation);
    // Every flow lies in the past of one fixed moment; how far a brand is, its seals say.
    await setClocks(crew.operations, Date.parse('2026-12-31T00:00:00Z'));
  });
  afterAll(() => installation?.stop());

  it.each(flows.map((flow, index) => ({ ...flow, index })))('$name', async ({ index, ...flow }) => {
    await playFlow({ installation, crew }, `flow-${index}`, flow);
  });
});
