import { z } from 'zod';

/** Ways to recognise a person. `external` is the customer's own id for a person. */
export const identityType = z.enum([
  'phone',
  'email',
  'wechat_openid',
  'wechat_unionid',
  'wecom_external',
  'marketplace_buyer',
  'card',
  'external',
]);

/** An identity as channels send it: plain text, accepted at intake only. */
export const plainIdentity = z.strictObject({ type: identityType, value: z.string().trim().min(1).max(200) });

/**
 * An identity as it is stored and travels: a keyed hash to match by and an authenticated encryption
 * that only the owner of the data can open. No plain phone or name ever enters an event.
 */
export const sealedIdentity = z.object({
  type: identityType,
  /** Hex of the keyed blind index (32 bytes). */
  index: z.string().length(64),
  sealed: z.string(),
});
export type SealedIdentity = z.infer<typeof sealedIdentity>;
export type PlainIdentity = z.infer<typeof plainIdentity>;
