import { z } from 'zod';
import { code } from '../primitives';
import { moment } from '../commerce/intake';
import { partnerType } from './partner';

/**
 * One row of a network file: a partner and whom it stands under from a moment on. Rows may come in any
 * order; a later row for the same partner with another parent moves it from `validFrom` on.
 */
export const partnerInput = z.strictObject({
  code,
  type: partnerType,
  name: z.string().trim().min(1).max(200),
  /** Empty: directly under the brand. */
  parentCode: code.optional(),
  validFrom: moment.optional(),
});
export type PartnerInput = z.input<typeof partnerInput>;
