import type { SortPayload } from 'react-admin';

/** Path of a list that shows only what the filter matches, in an order of its own where one is named. */
export const filtered = (path: string, filter: object, sort?: SortPayload): string =>
  `/${path}?filter=${encodeURIComponent(JSON.stringify(filter))}${sort ? `&sort=${sort.field}&order=${sort.order}` : ''}`;
