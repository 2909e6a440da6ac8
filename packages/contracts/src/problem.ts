import { z } from 'zod';

/** One thing wrong with the input: where, what, and what to do about it. `field` is a path such as `lines[0].sku`. */
export const fieldError = z.object({ field: z.string(), code: z.string(), message: z.string(), remedy: z.string().optional() });

/** RFC 9457 problem details. `code` is stable; texts may be translated by it. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  /** The correlation id, to be quoted to whoever operates the system. */
  instance: z.string(),
  errors: z.array(fieldError).optional(),
});
export type Problem = z.infer<typeof problem>;
export type FieldError = z.infer<typeof fieldError>;
