import { Controller, Get, Query } from '@nestjs/common';
import { auditList, auditQuery } from '@concentric/contracts';
import { createZodDto } from 'nestjs-zod';
import { Answers } from '../http/openapi/answers.decorator';
import { Permission, servicePlaceholder } from '../http/permission.decorator';
import { IdParam } from '../http/validation.pipe';
import { AuditLog } from './audit-log.service';

class AuditQueryDto extends createZodDto(auditQuery) {}

/** Who did what to one thing, when and why. */
@Controller('brands/:brandId/audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Permission(`${servicePlaceholder}.audit.read`)
  @Answers(auditList)
  list(@IdParam('brandId') brandId: string, @Query() query: AuditQueryDto) {
    return this.log.of(brandId, query);
  }
}
