import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { brandPath, queryOf } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import { Loaded, Quiet } from './Section';

interface Page<T> {
  data: T[];
  pageInfo?: { nextCursor: string | null };
}

interface MoreRowsProps<T> {
  /** A list of the distribution service, below the brand. */
  path: string;
  filter?: Record<string, unknown>;
  /** Said when there is none. */
  none: string;
  children: (rows: T[]) => ReactNode;
}

/** Rows of a list inside a page, fifty at a time. */
export const MoreRows = <T,>({ path, filter, none, children }: MoreRowsProps<T>) => {
  const translate = useTranslate();
  const asked = queryOf({ ...filter, limit: 50 });
  const query = useInfiniteQuery({
    queryKey: ['brand-api', 'distribution', path, asked],
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam ? `&${queryOf({ cursor: pageParam })}` : '';
      return getJson<Page<T>>(`${await brandPath('distribution', path)}?${asked}${cursor}`, signal);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.pageInfo?.nextCursor ?? undefined,
  });
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.data);
        return (
          <>
            {rows.length === 0 ? <Quiet>{translate(none)}</Quiet> : children(rows)}
            {query.hasNextPage ? (
              <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage} sx={{ mt: 1 }}>
                {translate('list.more')}
              </Button>
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
};
