import { sealBatch, sealListQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class SealBatchDto extends createZodDto(sealBatch) {}
export class SealListDto extends createZodDto(sealListQuery) {}
