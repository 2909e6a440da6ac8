import { statementDecision, statementQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class StatementQueryDto extends createZodDto(statementQuery) {}
export class StatementDecisionDto extends createZodDto(statementDecision) {}
