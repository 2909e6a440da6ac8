import { z } from 'zod';

/** Which side of the whole domain a sales channel belongs to. */
export const channelDomain = z.enum(['private', 'public', 'offline']);

/** The brand's own code of a sales channel, such as `till` or `mini-program`. */
export const channelCode = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'must be lower-case letters, digits, - or _');
