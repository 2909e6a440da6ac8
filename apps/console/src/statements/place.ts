/** Where somebody stands in a list that is turned page by page. */
export interface Place {
  /** Of the row in hand. */
  id?: string;
  page: number;
  /** Its place on that page, counted from zero. */
  at: number;
}

type Rows = readonly { id: string }[];
interface Pages {
  page: number;
  hasNextPage?: boolean;
  hasPreviousPage?: boolean;
}

/**
 * Place of the row in hand: wherever it is now; where it has gone, its place goes to the row after it; on a page that was
 * turned to by hand it is the first.
 */
export function placeOf(rows: Rows, page: number, last: Place): number {
  const found = rows.findIndex(({ id }) => id === last.id);
  if (found >= 0) return found;
  return Math.max(0, Math.min(last.page === page ? last.at : 0, rows.length - 1));
}

/** One row on or back; from the last row to the first of the next page, from the first to the last of the page before. */
export function stepFrom(rows: Rows, at: number, step: 'next' | 'previous', { page, hasNextPage, hasPreviousPage }: Pages): Place {
  const to = step === 'next' ? at + 1 : at - 1;
  if (rows[to]) return { id: rows[to].id, page, at: to };
  // What is in hand stays in hand until the other page is there.
  const id = rows[at]?.id;
  if (step === 'next' && hasNextPage) return { id, page: page + 1, at: 0 };
  if (step === 'previous' && hasPreviousPage) return { id, page: page - 1, at: Infinity };
  return { id, page, at };
}
