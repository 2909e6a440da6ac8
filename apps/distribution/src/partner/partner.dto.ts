import { partnerOwnersInput, partnerQuery, partnerTreeQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';
import { z } from 'zod';

export class PartnerQueryDto extends createZodDto(partnerQuery) {}
export class PartnerOwnersDto extends createZodDto(partnerOwnersInput) {}
export class PartnerTreeQueryDto extends createZodDto(partnerTreeQuery) {}
/** Rows are checked one by one, so that one that is wrong does not stop the others. */
export class PartnerBatchDto extends createZodDto(z.strictObject({ items: z.array(z.record(z.string(), z.unknown())).min(1).max(500) })) {}
