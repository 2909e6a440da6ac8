import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { commissionByPartnerMonth, commissionLineList, commissionSummary } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, NarrowsToScope, Permission, type Operator } from '@concentric/service-kit';
import { Readable } from 'node:stream';
import { CommissionLineRepository } from './commission-line.repository';
import { CommissionLineQueryDto } from './commission.dto';

@Controller('brands/:brandId')
export class CommissionController {
  constructor(private readonly lines: CommissionLineRepository) {}

  @Get('commission-lines')
  @NarrowsToScope()
  @Permission('distribution.commission.read')
  @Answers(commissionLineList)
  list(@IdParam('brandId') brandId: string, @Query() query: CommissionLineQueryDto, @CurrentOperator() operator: Operator) {
    return this.lines.list(brandId, query, operator);
  }

  @Get('commission-summary')
  @NarrowsToScope()
  @Permission('distribution.commission.read')
  @Answers(commissionSummary)
  async summary(@IdParam('brandId') brandId: string, @CurrentOperator() operator: Operator) {
    return { data: await this.lines.summary(brandId, operator) };
  }

  @Get('commission-by-partner-month')
  @Header('Content-Type', 'application/x-ndjson')
  @NarrowsToScope()
  @Permission('distribution.commission.read')
  @Answers(commissionByPartnerMonth, { mediaType: 'application/x-ndjson' })
  async byPartnerMonth(@IdParam('brandId') brandId: string, @CurrentOperator() operator: Operator): Promise<StreamableFile> {
    const rows = await this.lines.byPartnerMonth(brandId, operator);
    return new StreamableFile(Readable.from(rows.map((row) => `${JSON.stringify(row)}\n`)), { type: 'application/x-ndjson' });
  }
}
