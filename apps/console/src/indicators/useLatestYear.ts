import { useBrandApi } from '../pages/useApi';
import { useBrand } from '../providers/brand';
import { currentPeriod, yearEndingWith, type Year } from './interval';

/** The twelve months up to the last one with anything earned in it; up to now when there is none. */
export function useLatestYear(): Year | undefined {
  const brand = useBrand();
  const { data, error } = useBrandApi<{ rows: { originPeriod: string }[] }>('indicators', 'commission-by-origin-period');
  if (!brand || (!data && !error)) return undefined;
  const periods = data?.rows.map((row) => row.originPeriod).toSorted() ?? [];
  return yearEndingWith(periods.at(-1) ?? currentPeriod(brand.zone, new Date()));
}
