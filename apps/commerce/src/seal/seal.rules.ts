import type { Seal } from '@concentric/contracts';

/** What has been published of one channel and business date; sums in minor units. */
export interface DayCounts {
  orders: number;
  refunds: number;
  paidMinor: number;
  refundedMinor: number;
}

/** The next seal of a day, or null when its counts are sealed already. */
export function nextSeal(day: Pick<Seal, 'brandId' | 'channel' | 'businessDate'>, counts: DayCounts, last: Seal | undefined): Seal | null {
  const { brandId, channel, businessDate } = day;
  if (
    last &&
    last.orders === counts.orders &&
    last.refunds === counts.refunds &&
    last.paidMinor === counts.paidMinor &&
    last.refundedMinor === counts.refundedMinor
  )
    return null;
  return { brandId, channel, businessDate, revision: (last?.revision ?? 0) + 1, ...counts };
}
