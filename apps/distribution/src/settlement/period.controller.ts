import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { period as periodSchema, periodList } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { PeriodCloseService } from './period-close.service';
import { PeriodListService } from './period-list.service';
import { periodNotOpen } from './settlement.errors';
import { ClosePeriodDto } from './settlement.dto';

@Controller('brands/:brandId/periods')
export class PeriodController {
  constructor(
    private readonly periods: PeriodListService,
    private readonly closing: PeriodCloseService,
  ) {}

  @Get()
  @Permission('distribution.period.read')
  @Answers(periodList)
  list(@IdParam('brandId') brandId: string) {
    return this.periods.list(brandId);
  }

  @Post(':period/close')
  @HttpCode(200)
  @Permission('distribution.period.close')
  @Answers(periodList)
  async close(@IdParam('brandId') brandId: string, @Param('period') period: string, @Body() body: ClosePeriodDto, @CurrentOperator() operator: Operator) {
    if (!periodSchema.safeParse(period).success) throw periodNotOpen(period.slice(0, 20));
    await this.closing.close(brandId, period, operator.id, body.override ?? null);
    return this.periods.list(brandId);
  }
}
