import type { BrandInput, BrandRow, DistributionSettings, MembershipSettings, PlanInput, SavedSettings } from '@concentric/contracts';
import type { Session } from '../target/api';
import { allServices, waitUntilQuiet } from './barrier';

/** Operators who may open a brand and set it up. */
export interface Founders {
  /** May open brands, change settings and read the flow. */
  readonly setup: Session;
  readonly author: Session;
  readonly approver: Session;
}

export interface BrandSetup {
  readonly brand: BrandInput;
  /** With `validFrom` as a UTC instant: by that a version is recognised when a run is taken up again. */
  readonly plans: readonly PlanInput[];
  readonly settings: Partial<DistributionSettings>;
  readonly registerOnPurchase: boolean;
}

/** Replaces the settings of commission by `settings`, and what they leave out by its default. */
export async function saveSettings(session: Session, brandId: string, settings: Partial<DistributionSettings>): Promise<void> {
  const path = `/brands/${brandId}/settings`;
  const { revision } = await session.get<SavedSettings>('distribution', path);
  await session.put('distribution', path, { ...settings, revision });
}

/**
 * Opens a brand and states its rules: how purchases bind and register, what is held back and paid, and the plans, each
 * written by one operator and activated by another. A brand that is there already keeps its plans.
 * @returns the id of the brand
 */
export async function openBrand(
  { setup, author, approver }: Founders,
  { brand, plans, settings, registerOnPurchase }: BrandSetup,
): Promise<string> {
  const { brandId } = await setup.post<BrandRow>('commerce', '/brands', brand);
  await waitUntilQuiet(setup, allServices);
  const membership = await setup.get<MembershipSettings>('membership', `/brands/${brandId}/settings`);
  await setup.put('membership', `/brands/${brandId}/settings`, { ...membership, registerOnPurchase });
  await saveSettings(setup, brandId, settings);
  const { data } = await author.get<{ data: { code: string; state: string; validFrom: string }[] }>(
    'distribution',
    `/brands/${brandId}/plans`,
  );
  for (const plan of plans) {
    const known = data.some(({ code, state, validFrom }) => code === plan.code && validFrom === plan.validFrom && state !== 'draft');
    if (known) continue;
    const { planVersionId } = await author.post<{ planVersionId: string }>('distribution', `/brands/${brandId}/plans`, plan);
    await approver.post('distribution', `/brands/${brandId}/plans/${planVersionId}/activate`, {});
  }
  return brandId;
}
