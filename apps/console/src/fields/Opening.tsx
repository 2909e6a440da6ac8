import type { MouseEvent, ReactNode } from 'react';
import { Link, useRecordContext, useResourceContext } from 'react-admin';

/** Opens the page of a row. A row opens by a click anywhere; this is its way for the keyboard and a screen reader. */
export const Opening = ({ children }: { children: ReactNode }) => {
  const resource = useResourceContext();
  const record = useRecordContext();
  if (!record) return null;
  return (
    <Link
      to={`/${resource}/${encodeURIComponent(String(record.id))}/show`}
      onClick={(event: MouseEvent) => event.stopPropagation()}
      sx={{ color: 'text.primary', textDecorationColor: 'transparent', '&:hover': { textDecorationColor: 'inherit' } }}
    >
      {children}
    </Link>
  );
};
