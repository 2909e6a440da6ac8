import { adjustmentInput, adjustmentQuery, proposalDecision } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class AdjustmentInputDto extends createZodDto(adjustmentInput) {}
export class AdjustmentDecisionDto extends createZodDto(proposalDecision) {}
export class AdjustmentQueryDto extends createZodDto(adjustmentQuery) {}
