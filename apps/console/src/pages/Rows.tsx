import type { ReactNode } from 'react';
import { DataTable, SimpleList, type DataTableColumnProps, type DataTableProps, type RaRecord } from 'react-admin';
import { NoMatch } from './ConsoleList';
import { useIsPhone } from './useIsPhone';

/** A column. Sorting is offered only where the service sorts. */
export const Column = ({ sortable, ...rest }: DataTableColumnProps & { sortable?: boolean }) => (
  <DataTable.Col disableSort={!sortable} {...rest} />
);

/** A column of figures, aligned to the right. */
export const Figures = ({ sortable, ...rest }: DataTableColumnProps & { sortable?: boolean }) => (
  <DataTable.Col
    disableSort={!sortable}
    {...rest}
    sx={{
      textAlign: 'right',
      '& .MuiTableSortLabel-root': { flexDirection: 'row' },
      fontVariantNumeric: 'tabular-nums',
    }}
  />
);

interface RowsProps<T extends RaRecord> extends Omit<DataTableProps<T>, 'children'> {
  children: ReactNode;
  /** How a row reads on a phone. */
  phone: { primary: (row: T) => ReactNode; secondary?: (row: T) => ReactNode; tertiary?: (row: T) => ReactNode };
}

/** A table on a screen, a list of cards on a phone. */
export const Rows = <T extends RaRecord>({ phone, children, empty = <NoMatch />, ...table }: RowsProps<T>) => {
  const isPhone = useIsPhone();
  if (isPhone) {
    return (
      <SimpleList<T>
        primaryText={phone.primary}
        secondaryText={phone.secondary}
        tertiaryText={phone.tertiary}
        rowClick={table.rowClick === 'expand' ? false : (table.rowClick as 'show' | false)}
        empty={empty === false ? undefined : empty}
      />
    );
  }
  return (
    <DataTable<T> bulkActionButtons={false} empty={empty} {...table}>
      {children}
    </DataTable>
  );
};
