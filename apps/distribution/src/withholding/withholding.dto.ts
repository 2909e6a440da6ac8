import { withholdingDecision, withholdingRuleInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class WithholdingRuleInputDto extends createZodDto(withholdingRuleInput) {}
export class WithholdingDecisionDto extends createZodDto(withholdingDecision) {}
