import type { WhyStatement } from '../providers/rows';

type Document = Pick<WhyStatement['adjustments'][number], 'source' | 'originPeriod'>;

/** What an adjustment or write-off is called for its partner: where it comes from, and which period it corrects. */
export function documentName({ source, originPeriod }: Document, translate: (key: string) => string): string {
  const from = translate(`words.adjustment_source.${source}`);
  return originPeriod === null ? from : `${from} · ${originPeriod}`;
}
