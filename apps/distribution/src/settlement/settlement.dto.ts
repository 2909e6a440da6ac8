import { closePeriodInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class ClosePeriodDto extends createZodDto(closePeriodInput) {}
