import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { period as periodSchema, periodList, rebuildResult } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { PeriodCloseService } from './period-close.service';
import { PeriodListService } from './period-list.service';
import { PeriodRebuild } from './period-rebuild.service';
import { periodNotOpen } from './settlement.errors';
import { ClosePeriodDto } from './settlement.dto';

@Controller('brands/:brandId/periods')
export class PeriodController {
  constructor(
    private readonly periods: PeriodListService,
    private readonly closing: PeriodCloseService,
    private readonly rebuilding: PeriodRebuild,
  ) {}

  @Get()
  @Permission('distribution.period.read')
  @Answers(periodList)
  list(@IdParam('brandId') brandId: string) {
    return this.periods.list(brandId);
  }

  @Post(':period/start-close')
  @HttpCode(200)
  @Permission('distribution.period.start')
  @Answers(periodList)
  async start(
    @IdParam('brandId') brandId: string,
    @Param('period') period: string,
    @Body() body: ClosePeriodDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.closing.start(brandId, known(period), operator.id, body.override ?? null);
    return this.periods.list(brandId);
  }

  @Post(':period/close')
  @HttpCode(200)
  @Permission('distribution.period.close')
  @Answers(periodList)
  async close(
    @IdParam('brandId') brandId: string,
    @Param('period') period: string,
    @Body() body: ClosePeriodDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.closing.close(brandId, known(period), operator.id, body.override ?? null);
    return this.periods.list(brandId);
  }

  @Post(':period/rebuild')
  @HttpCode(200)
  @Permission('distribution.period.rebuild')
  @Answers(rebuildResult)
  rebuild(@IdParam('brandId') brandId: string, @Param('period') period: string, @CurrentOperator() operator: Operator) {
    return this.rebuilding.rebuild(brandId, known(period), operator);
  }
}

function known(period: string): string {
  if (!periodSchema.safeParse(period).success) throw periodNotOpen(period.slice(0, 20));
  return period;
}
