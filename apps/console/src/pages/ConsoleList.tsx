import { Tooltip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { ExportButton, FilterButton, List, TopToolbar, useListContext, useLocale, useTranslate, type ListProps } from 'react-admin';
import { formatCount } from '../money/format';
import { ProblemAlert } from '../problem/ProblemAlert';
import { EmptyState } from './EmptyState';
import { MOST_EXPORTED, useCsvExporter, type ExportColumn } from './export';
import { Heading } from './Heading';
import { KeysetPagination } from './KeysetPagination';

const ListProblem = () => {
  const { error } = useListContext();
  return <ProblemAlert error={error} />;
};

const NoMatch = () => {
  const translate = useTranslate();
  return (
    <Typography color="textSecondary" sx={{ p: 4, textAlign: 'center' }}>
      {translate('list.no_match')}
    </Typography>
  );
};

/** Exports what the filter shows, every page of it up to a limit. */
const Export = ({ columns }: { columns: readonly ExportColumn<never>[] }) => {
  const translate = useTranslate();
  const count = formatCount(MOST_EXPORTED, useLocale());
  const exporter = useCsvExporter(columns);
  return (
    <Tooltip title={translate('list.export_help', { count })}>
      <span>
        <ExportButton exporter={exporter} maxResults={MOST_EXPORTED} />
      </span>
    </Tooltip>
  );
};

export interface ConsoleListProps extends Omit<ListProps, 'empty'> {
  /** Name of the empty state; see `EmptyState`. */
  emptyName: string;
  begin?: Parameters<typeof EmptyState>[0]['begin'];
  /** One line under the title: what this list is for. */
  intro?: string;
  /** What an export of this list holds; without it there is none. */
  exported?: readonly ExportColumn<never>[];
  children: ReactNode;
}

/** A list of ours: keyset pages, filters in the address, a teaching empty state, problems with their remedy. */
export const ConsoleList = ({ emptyName, begin, intro, exported, children, actions, filters, ...rest }: ConsoleListProps) => {
  const translate = useTranslate();
  return (
    <>
      <Heading />
      {intro ? (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 2, mb: 1, maxWidth: 760 }}>
          {translate(intro)}
        </Typography>
      ) : null}
      <List
        exporter={false}
        perPage={25}
        pagination={<KeysetPagination />}
        empty={<EmptyState name={emptyName} begin={begin} />}
        error={<ListProblem />}
        filters={filters}
        actions={
          <TopToolbar>
            {filters ? <FilterButton /> : null}
            {actions}
            {exported ? <Export columns={exported} /> : null}
          </TopToolbar>
        }
        {...rest}
        sx={{
          '& .RaList-main': { minWidth: 0 },
          '& .RaList-actions, & .RaList-actions > .MuiToolbar-root': { backgroundColor: 'transparent' },
          '& .RaList-content': { overflowX: 'auto' },
          ...rest.sx,
        }}
      >
        {children}
      </List>
    </>
  );
};

export { NoMatch };
