import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  recalculationDetail,
  recalculationLineList,
  recalculationList,
  recalculationRow,
  recalculationTotalList,
} from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  Idempotency,
  Idempotent,
  IdempotencyScope,
  IdParam,
  Permission,
  type IdempotencyUse,
  type ListQuery,
  type Operator,
} from '@concentric/service-kit';
import {
  RecalculationDecisionDto,
  RecalculationInputDto,
  RecalculationLineQueryDto,
  RecalculationQueryDto,
  RecalculationTotalQueryDto,
} from './recalculation.dto';
import { RecalculationList } from './recalculation-list.repository';
import { RecalculationService } from './recalculation.service';

@Controller('brands/:brandId/recalculations')
export class RecalculationController {
  constructor(
    private readonly reader: RecalculationList,
    private readonly recalculations: RecalculationService,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Permission('distribution.recalculation.read')
  @Answers(recalculationList)
  list(@IdParam('brandId') brandId: string, @Query() query: RecalculationQueryDto) {
    return this.reader.list(brandId, query);
  }

  @Post()
  @Idempotent()
  @Permission('distribution.recalculation.propose')
  @Answers(recalculationRow, { status: 201 })
  propose(
    @IdParam('brandId') brandId: string,
    @Body() body: RecalculationInputDto,
    @CurrentOperator() operator: Operator,
    @IdempotencyScope() use: IdempotencyUse,
  ) {
    return this.idempotency.run(use, async (tx) =>
      this.reader.one(tx, brandId, await this.recalculations.propose(tx, brandId, body, operator)),
    );
  }

  @Get(':recalculationId')
  @Permission('distribution.recalculation.read')
  @Answers(recalculationDetail)
  one(@IdParam('brandId') brandId: string, @IdParam('recalculationId') id: string) {
    return this.reader.detail(brandId, id);
  }

  @Get(':recalculationId/totals')
  @Permission('distribution.recalculation.read')
  @Answers(recalculationTotalList)
  totals(
    @IdParam('brandId') brandId: string,
    @IdParam('recalculationId') id: string,
    @Query() query: RecalculationTotalQueryDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.reader.totals(brandId, id, query as ListQuery, operator);
  }

  @Get(':recalculationId/lines')
  @Permission('distribution.recalculation.read')
  @Answers(recalculationLineList)
  lines(
    @IdParam('brandId') brandId: string,
    @IdParam('recalculationId') id: string,
    @Query() query: RecalculationLineQueryDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.reader.lines(brandId, id, query, operator);
  }

  @Post(':recalculationId/decide')
  @HttpCode(200)
  @Permission('distribution.recalculation.approve')
  @Answers(recalculationDetail)
  async decide(
    @IdParam('brandId') brandId: string,
    @IdParam('recalculationId') id: string,
    @Body() body: RecalculationDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.recalculations.decide(brandId, id, body.approve, body.reason, operator);
    return this.reader.detail(brandId, id);
  }
}
