import { z } from 'zod';
import { instant, uuid } from '../primitives';
import { listOf, listQuery } from '../list';

/** Roles of an operator. What each may do is data of the organization service (`access.rules.ts`). */
export const roleCode = z.enum([
  'admin',
  'member_manager',
  'content_planner',
  'channel_author',
  'channel_approver',
  'finance_maker',
  'finance_checker',
  'treasury_maker',
  'treasury_checker',
  'partner',
  'management',
  'auditor',
  'operations',
]);
export type RoleCode = z.infer<typeof roleCode>;

/** Whose rows an operator sees: everybody's, those of one partner and everything below it, or nobody's. */
export const dataScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('partner'), partnerId: uuid }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type DataScope = z.infer<typeof dataScope>;

/** Brands of an operator: every brand, also those opened later, or a list. */
export const operatorBrands = z.union([z.literal('all'), z.array(uuid).max(200)]);

export const localName = z.strictObject({ zh: z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(100) });

export const signInInput = z.strictObject({ name: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) });

/** The person signed in, as the console needs it to decide what to show. */
export const signedInOperator = z.object({
  id: uuid,
  name: z.string(),
  displayName: z.string(),
  roles: z.array(roleCode),
  permissions: z.array(z.string()),
  brands: operatorBrands,
  scope: dataScope,
  departmentId: uuid.nullable(),
});

/**
 * A session. The token is short-lived (15 minutes unless configured); `POST /api/organization/refresh` with it as
 * bearer answers a new one of the same shape until `sessionEndsAt`.
 */
export const signInAnswer = z.object({ token: z.string(), expiresAt: instant, sessionEndsAt: instant, operator: signedInOperator });

const password = z.string().min(12).max(200);

export const operatorRow = z.object({
  id: uuid,
  name: z.string(),
  displayName: z.string(),
  roles: z.array(roleCode),
  brands: operatorBrands,
  scope: dataScope,
  departmentId: uuid.nullable(),
  disabled: z.boolean(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  revision: z.number().int().min(1),
});
export const operatorInput = z.strictObject({
  /** The name to sign in with; compared without regard to case. */
  name: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .regex(/^[\p{L}\p{N}._@-]+$/u, 'letters, digits and . _ @ - only'),
  displayName: z.string().trim().min(1).max(100),
  password,
  roles: z.array(roleCode).max(11),
  brands: operatorBrands,
  scope: dataScope,
  departmentId: uuid.nullable().default(null),
});
/** `revision` is the one that was read; another one means that somebody was faster. */
export const operatorPatch = z.strictObject({
  revision: z.number().int().min(1),
  displayName: z.string().trim().min(1).max(100).optional(),
  password: password.optional(),
  roles: z.array(roleCode).max(11).optional(),
  brands: operatorBrands.optional(),
  scope: dataScope.optional(),
  departmentId: uuid.nullable().optional(),
  disabled: z.boolean().optional(),
});
export const operatorQuery = listQuery.extend({ q: z.string().trim().max(100).optional(), disabled: z.enum(['true', 'false']).optional() });
export const operatorList = listOf(operatorRow);
/** Everybody who works for a brand, by name and nothing else: whoever reads a document wants to know whose it is. */
export const colleagueList = z.object({
  /** `isPartner`: who signs in for a partner. */
  data: z.array(operatorRow.pick({ id: true, displayName: true }).extend({ isPartner: z.boolean() })),
});

export const roleRow = z.object({ code: roleCode, name: localName, permissions: z.array(z.string()), excludes: z.array(roleCode) });
export const roleList = z.object({ data: z.array(roleRow), total: z.number().int() });

/** Ring 0 is the customer; departments stand on rings 1 (closest) to 4. */
export const departmentRow = z.object({
  id: uuid,
  code: z.string(),
  name: localName,
  ring: z.number().int().min(1).max(4),
  /** Stands out in the circle. */
  emphasis: z.boolean(),
  /** Operators assigned to it that are not disabled. */
  operators: z.number().int(),
  /** People who work there, as stated by the organisation. */
  staff: z.number().int(),
  /** What the department does for the customer. */
  duties: z.array(localName),
  position: z.number().int(),
  revision: z.number().int().min(1),
});
const departmentFields = {
  name: localName,
  ring: z.number().int().min(1).max(4),
  emphasis: z.boolean(),
  staff: z.number().int().min(0).max(1_000_000),
  duties: z.array(localName).max(20),
  position: z.number().int().min(0).max(1000),
};
export const departmentInput = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'lower-case letters, digits and hyphens'),
  ...departmentFields,
  emphasis: departmentFields.emphasis.default(false),
  staff: departmentFields.staff.default(0),
  duties: departmentFields.duties.default([]),
  position: departmentFields.position.default(100),
});
export const departmentPatch = z.strictObject({ revision: z.number().int().min(1), ...z.strictObject(departmentFields).partial().shape });
export const departmentList = z.object({ data: z.array(departmentRow), total: z.number().int() });

/** Public keys by which every service verifies tokens (RFC 7517). */
export const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

export type SignInAnswer = z.infer<typeof signInAnswer>;
export type SignedInOperator = z.infer<typeof signedInOperator>;
export type OperatorRow = z.infer<typeof operatorRow>;
export type OperatorInput = z.infer<typeof operatorInput>;
export type OperatorPatch = z.infer<typeof operatorPatch>;
export type RoleRow = z.infer<typeof roleRow>;
export type DepartmentRow = z.infer<typeof departmentRow>;
export type DepartmentInput = z.infer<typeof departmentInput>;
export type DepartmentPatch = z.infer<typeof departmentPatch>;
