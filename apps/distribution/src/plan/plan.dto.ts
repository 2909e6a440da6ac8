import { planInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class PlanInputDto extends createZodDto(planInput) {}
