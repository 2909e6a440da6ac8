import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { LineTable } from '../commission/LineTable';
import { Loaded, Quiet } from '../pages/Section';
import { brandPath, queryOf } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import type { CommissionLine } from '../providers/rows';

interface Page {
  data: CommissionLine[];
  pageInfo?: { nextCursor: string | null };
}

/** The lines a statement is made of, fifty at a time. */
export const StatementLines = ({ statementId }: { statementId: string }) => {
  const translate = useTranslate();
  const query = useInfiniteQuery({
    queryKey: ['brand-api', 'statement-lines', statementId],
    queryFn: async ({ pageParam, signal }) =>
      getJson<Page>(
        `${await brandPath('distribution', `statements/${statementId}/lines`)}?${queryOf({ limit: 50, cursor: pageParam })}`,
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.pageInfo?.nextCursor ?? undefined,
  });
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const lines = pages.flatMap((page) => page.data);
        return (
          <>
            {lines.length === 0 ? (
              <Quiet>{translate('statement.no_lines')}</Quiet>
            ) : (
              <LineTable lines={lines} of="partner" />
            )}
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
