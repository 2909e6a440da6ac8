import { payeeBulkDecision, payeeDecision, payeeInput, payeeQuery, payeeReveal } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';
import { z } from 'zod';

export class PayeeInputDto extends createZodDto(payeeInput) {}
export class PayeeQueryDto extends createZodDto(payeeQuery) {}
export class PayeeDecisionDto extends createZodDto(payeeDecision) {}
export class PayeeBulkDecisionDto extends createZodDto(payeeBulkDecision) {}
export class PayeeRevealDto extends createZodDto(payeeReveal) {}
/** Rows are checked one by one, so that one that is wrong does not stop the others. */
export class PayeeBatchDto extends createZodDto(z.strictObject({ items: z.array(z.record(z.string(), z.unknown())).min(1).max(500) })) {}
