import { Controller, Get, Query } from '@nestjs/common';
import { commissionByPeriod, indicatorDefinitions, indicatorValues } from '@concentric/contracts';
import { Answers, CurrentOperator, HoldsNoRows, IdParam, NarrowsToScope, Permission, type Operator } from '@concentric/service-kit';
import { CommissionPeriodQuery, IndicatorValueQuery } from './value.dto';
import { ValueService } from './value.service';

@Controller('brands/:brandId')
export class ValueController {
  constructor(private readonly values: ValueService) {}

  @Get('definitions')
  @HoldsNoRows()
  @Permission('indicators.value.read')
  @Answers(indicatorDefinitions)
  definitions(@IdParam('brandId') brandId: string) {
    return this.values.definitions(brandId);
  }

  @Get('values')
  @NarrowsToScope()
  @Permission('indicators.value.read')
  @Answers(indicatorValues)
  get(@IdParam('brandId') brandId: string, @Query() query: IndicatorValueQuery, @CurrentOperator() operator: Operator) {
    return this.values.get(brandId, query, operator);
  }

  @Get('commission-by-origin-period')
  @NarrowsToScope()
  @Permission('indicators.value.read')
  @Answers(commissionByPeriod)
  commission(@IdParam('brandId') brandId: string, @Query() query: CommissionPeriodQuery, @CurrentOperator() operator: Operator) {
    return this.values.commissionByPeriod(brandId, query, operator);
  }
}
