import { commissionLineQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class CommissionLineQueryDto extends createZodDto(commissionLineQuery) {}
