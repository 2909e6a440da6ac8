import { closePeriodInput, listQuery, statementDecision, statementQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class StatementQueryDto extends createZodDto(statementQuery) {}
export class StatementLineQueryDto extends createZodDto(listQuery) {}
export class StatementDecisionDto extends createZodDto(statementDecision) {}
export class ClosePeriodDto extends createZodDto(closePeriodInput) {}
