import { readConfig } from '@concentric/service-kit';
import { z } from 'zod';

const schema = z.object({
  REFUND_WAIT_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(8760)
    .default(72)
    .describe('after so many hours a refund that still waits for its order is listed as held'),
});

/** @throws ConfigError */
export function refundWaitMs(env: NodeJS.ProcessEnv = process.env): number {
  return readConfig(schema, env).REFUND_WAIT_HOURS * 3_600_000;
}
