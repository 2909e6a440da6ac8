import { departmentInput, departmentPatch } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class DepartmentInputDto extends createZodDto(departmentInput) {}
export class DepartmentPatchDto extends createZodDto(departmentPatch) {}
