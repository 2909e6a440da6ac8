import { touchpointInput, touchpointPatch, touchpointQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class TouchpointInputDto extends createZodDto(touchpointInput) {}
export class TouchpointPatchDto extends createZodDto(touchpointPatch) {}
export class TouchpointQueryDto extends createZodDto(touchpointQuery) {}
