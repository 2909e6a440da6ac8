import { operatorInput, operatorPatch, operatorQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class OperatorInputDto extends createZodDto(operatorInput) {}
export class OperatorPatchDto extends createZodDto(operatorPatch) {}
export class OperatorQueryDto extends createZodDto(operatorQuery) {}
