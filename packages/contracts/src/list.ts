import { z } from 'zod';

/** Query of every list: keyset pages, at most 500 rows; filters are named per list. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(25),
  /** Opaque: as given by the previous page. */
  cursor: z.string().max(500).optional(),
  /** Field, with a leading `-` for descending. */
  sort: z.string().max(40).optional(),
});

/** Answer of every list. `total` is counted up to a cap; `totalIsCapped` says that there are more. */
export function listOf<T extends z.ZodType>(row: T) {
  return z.object({
    data: z.array(row),
    total: z.number().int(),
    totalIsCapped: z.boolean(),
    pageInfo: z.object({ hasNextPage: z.boolean(), hasPreviousPage: z.boolean(), nextCursor: z.string().nullable() }),
  });
}
