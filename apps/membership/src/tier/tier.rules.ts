import { exponentOf } from '@concentric/money';

/** Tiers in rising order; their place in this list is their level. */
export const TIERS = ['T0', 'T1', 'T2', 'T3', 'T4'] as const;
export type Tier = (typeof TIERS)[number];
export const TOP_LEVEL = TIERS.length - 1;

const ROLLING_MS = 365 * 86_400_000;

/** What one purchase counts for: its net amount less what has been refunded of it, at the time of the purchase. */
export interface Spend {
  readonly orderId: string;
  readonly at: number;
  netMinor: number;
}

/** From which growth value each level is held, lowest first, and how many minor units make one growth value. */
export interface TierLadder {
  readonly thresholds: readonly number[];
  readonly unitMinor: number;
}

/** A ladder for a currency. @throws MoneyCurrencyError for an unknown currency */
export function ladderOf(thresholds: readonly number[], currency: string): TierLadder {
  return { thresholds, unitMinor: 10 ** exponentOf(currency) };
}

/** Level by name; the lowest for null. */
export const levelOf = (tier: string | null): number => Math.max(0, TIERS.indexOf(tier as Tier));

/** Name by level. */
export function tierOf(level: number): Tier {
  const tier = TIERS[level];
  if (tier === undefined) throw new RangeError(`there is no tier of level ${level}`);
  return tier;
}

/** Net spend in minor units within the rolling 365 days that end at `asOf`, that moment included. */
export function rollingSpend(spends: readonly Spend[], asOf: number): number {
  let sum = 0;
  for (const spend of spends) if (spend.at <= asOf && spend.at > asOf - ROLLING_MS) sum += spend.netMinor;
  return sum;
}

/** Growth value: whole currency units of the rolling spend. */
export function growthValue(spends: readonly Spend[], asOf: number, ladder: TierLadder): number {
  return wholeUnits(rollingSpend(spends, asOf), ladder);
}

/** Whole currency units of an amount: what is less than a unit does not count. */
export function wholeUnits(minor: number, { unitMinor }: TierLadder): number {
  return (minor - (minor % unitMinor)) / unitMinor;
}

/** The highest level whose threshold the growth value reaches. */
export function levelFor(growth: number, ladder: TierLadder): number {
  let level = 0;
  while (level < TOP_LEVEL && growth >= (ladder.thresholds[level + 1] ?? Infinity)) level += 1;
  return level;
}

/** Earliest moment whose spend may still count at `asOf`, exclusive. */
export const rollingStart = (asOf: number): number => asOf - ROLLING_MS;

/**
 * The level after `refundMinor` of an earlier purchase has been taken back: as many levels are lost as the
 * purchase had helped to reach when the tier was earned, but never more than today's spend explains. What has
 * merely aged away since then is not this refund's doing; it is looked at on the anniversary.
 * `spends` holds the purchases before the refund; the refunded one is lowered in place.
 */
export function levelAfterRefund(
  held: { level: number; since: number },
  spends: readonly Spend[],
  refund: { orderId: string; amountMinor: number },
  asOf: number,
  ladder: TierLadder,
): number {
  const earned = () => levelFor(growthValue(spends, held.since, ladder), ladder);
  const before = earned();
  for (const spend of spends) if (spend.orderId === refund.orderId) spend.netMinor -= refund.amountMinor;
  const lost = before - earned();
  const supported = levelFor(growthValue(spends, asOf, ladder), ladder);
  return Math.min(held.level, Math.max(supported, held.level - lost, 0));
}

/** The level after a tier anniversary: one step down when the rolling spend no longer carries the level held. */
export function levelAfterAnniversary(level: number, growth: number, ladder: TierLadder): number {
  return levelFor(growth, ladder) < level ? level - 1 : level;
}

/** The same day a year later; the 29th of February becomes the 1st of March. */
export function anniversaryOf(date: string): string {
  const year = Number(date.slice(0, 4)) + 1;
  const day = date.slice(5);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${String(year).padStart(4, '0')}-${day === '02-29' && !leap ? '03-01' : day}`;
}
