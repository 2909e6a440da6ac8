import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { brandPath } from '../providers/dataProvider';
import { getJson } from '../providers/http';

export interface ApiOptions {
  enabled?: boolean;
  /** Ask again after so many milliseconds; a function may stop asking by returning false. */
  refetchInterval?: number | ((data: unknown) => number | false);
}

/** Something of the brand that is no list: `useBrandApi<Summary>('membership', 'members/summary')`. */
export function useBrandApi<T>(service: string, path: string, options: ApiOptions = {}): UseQueryResult<T, Error> {
  const { refetchInterval, enabled } = options;
  return useQuery<T, Error>({
    queryKey: ['brand-api', service, path],
    queryFn: async ({ signal }) => getJson<T>(await brandPath(service, path), signal),
    enabled,
    refetchInterval: typeof refetchInterval === 'function' ? (query) => refetchInterval(query.state.data) : refetchInterval,
  });
}

/** Something of the installation, such as departments. */
export function useApi<T>(path: string, options: { enabled?: boolean } = {}): UseQueryResult<T, Error> {
  return useQuery<T, Error>({
    queryKey: ['api', path],
    queryFn: ({ signal }) => getJson<T>(path, signal),
    enabled: options.enabled,
  });
}
