import {
  proposalDecision,
  recalculationInput,
  recalculationLineQuery,
  recalculationQuery,
  recalculationTotalQuery,
} from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class RecalculationInputDto extends createZodDto(recalculationInput) {}
export class RecalculationDecisionDto extends createZodDto(proposalDecision) {}
export class RecalculationQueryDto extends createZodDto(recalculationQuery) {}
export class RecalculationTotalQueryDto extends createZodDto(recalculationTotalQuery) {}
export class RecalculationLineQueryDto extends createZodDto(recalculationLineQuery) {}
