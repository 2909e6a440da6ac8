import { createHash } from 'node:crypto';
import type { payoutList } from '@concentric/contracts';
import { BusyMonths } from '../flows/busy-months';
import { FlowBrand, type Of } from '../flows/flow-brand';
import { RawCaller } from '../flows/http-call';
import { payoutSettings } from '../flows/payout-desk';

/** A brand that is to live through months, with everybody's payee known. */
export async function openBusy(world: FlowBrand['world'], code: string): Promise<{ brand: FlowBrand; months: BusyMonths }> {
  const brand = await FlowBrand.open(world, code, { settings: payoutSettings });
  const months = new BusyMonths(brand);
  await months.prepare();
  return { brand, months };
}

/** Inv 37: each file is still what was approved, whoever is asked. */
export async function expectFilesUnchanged(
  brand: FlowBrand,
  urls: readonly string[] = [brand.world.installation.urls.distribution],
): Promise<void> {
  const caller = await RawCaller.signIn(brand.world.installation, 'treasuryChecker');
  const { data } = await brand.get<Of<typeof payoutList>>('distribution', '/payouts?limit=100');
  expect(data.length).toBeGreaterThan(0);
  for (const { id, csvHash, pain001Hash } of data) {
    for (const [format, hash] of [
      ['csv', csvHash],
      ['pain001', pain001Hash],
    ]) {
      for (const url of urls) {
        const path = `/api/distribution/brands/${brand.brandId}/payouts/${id}/file?format=${format}`;
        const file = await fetch(url + path, { headers: { authorization: `Bearer ${caller.token}` } });
        expect([id, format, sha256(Buffer.from(await file.arrayBuffer()))]).toEqual([id, format, hash]);
      }
    }
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
