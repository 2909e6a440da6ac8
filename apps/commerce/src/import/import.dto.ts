import { importListQuery, importQuery, rejectListQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class ImportDto extends createZodDto(importQuery) {}
export class ImportListDto extends createZodDto(importListQuery) {}
export class RejectListDto extends createZodDto(rejectListQuery) {}
