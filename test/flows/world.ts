import { setClocks } from '@concentric/replay';
import { eventually } from '@concentric/testing';
import { type Crew, hireCrew } from './crew';
import type { FlowBrand } from './flow-brand';
import type { Installation } from './installation';

/** The fixed moment at which everything is told: every flow lies in the past of it, and how far a brand is its seals say. */
export const NOW = Date.parse('2026-12-31T00:00:00Z');

/** Engages the people of an installation and sets its clocks. */
export async function openWorld(installation: Installation): Promise<FlowBrand['world']> {
  const crew = await hireCrew(installation);
  await tellTheTime(crew);
  return { installation, crew };
}

/** Sets every clock; tried again while a service that has just started cannot verify tokens or is not there yet. */
export async function tellTheTime({ operations }: Crew): Promise<void> {
  await eventually('the clocks to be set', () => setClocks(operations, NOW).then(() => true), 20_000);
}
