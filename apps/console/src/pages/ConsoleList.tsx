import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { List, ListActions, useListContext, useTranslate, type ListProps } from 'react-admin';
import { ProblemAlert } from '../problem/ProblemAlert';
import { EmptyState } from './EmptyState';
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

export interface ConsoleListProps extends Omit<ListProps, 'empty'> {
  /** Name of the empty state; see `EmptyState`. */
  emptyName: string;
  begin?: Parameters<typeof EmptyState>[0]['begin'];
  /** One line under the title: what this list is for. */
  intro?: string;
  children: ReactNode;
}

/** A list of ours: keyset pages, filters in the address, a teaching empty state, problems with their remedy. */
export const ConsoleList = ({ emptyName, begin, intro, children, actions, ...rest }: ConsoleListProps) => {
  const translate = useTranslate();
  return (
    <>
      {intro ? (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 2, maxWidth: 760 }}>
          {translate(intro)}
        </Typography>
      ) : null}
      <List
        exporter={false}
        perPage={25}
        pagination={<KeysetPagination />}
        empty={<EmptyState name={emptyName} begin={begin} />}
        error={<ListProblem />}
        actions={actions ?? <ListActions hasCreate={false} />}
        {...rest}
        sx={{ '& .RaList-content': { overflowX: 'auto' }, ...rest.sx }}
      >
        {children}
      </List>
    </>
  );
};

export { NoMatch };
export const Gap = () => <Box sx={{ height: 16 }} />;
