import { z } from 'zod';
import { listOf, listQuery } from './list';
import { instant, uuid } from './primitives';

/** One thing somebody did to something; never changed. */
export const auditRow = z.object({
  id: uuid,
  at: instant,
  /** Operator id, or the name of the service or job that acted by itself. */
  actorId: z.string(),
  /** Past tense, `<noun>.<verb>`: `statement.approved`. */
  action: z.string(),
  entityType: z.string(),
  entityId: z.string(),
  /** States, when it moved between two. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
  /** Changed fields only, personal data masked or left out. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditRow = z.infer<typeof auditRow>;
export const auditList = listOf(auditRow);
/** Of one thing: nobody reads the log from end to end over this. */
export const auditQuery = listQuery.extend({
  entityType: z.string().trim().min(1).max(60),
  entityId: z.string().trim().min(1).max(100),
});
