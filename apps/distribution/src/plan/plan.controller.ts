import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { planDrafted, planList } from '@concentric/contracts';
import {
  Answers,
  Clock,
  CurrentOperator,
  Idempotency,
  Idempotent,
  IdempotencyScope,
  IdParam,
  Permission,
  type IdempotencyUse,
  type Operator,
} from '@concentric/service-kit';
import { PlanInputDto } from './plan.dto';
import { planRows } from './plan-list.rules';
import { PlanService } from './plan.service';

@Controller('brands/:brandId/plans')
export class PlanController {
  constructor(
    private readonly plans: PlanService,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('distribution.plan.read')
  @Answers(planList)
  async list(@IdParam('brandId') brandId: string) {
    return { data: planRows(await this.plans.list(brandId), this.clock.now()) };
  }

  @Post()
  @Idempotent()
  @Permission('distribution.plan.write')
  @Answers(planDrafted, { status: 201 })
  draft(
    @IdParam('brandId') brandId: string,
    @Body() body: PlanInputDto,
    @CurrentOperator() operator: Operator,
    @IdempotencyScope() use: IdempotencyUse,
  ) {
    return this.idempotency.run(use, (tx) => this.plans.draft(tx, brandId, body, operator));
  }

  @Post(':planVersionId/activate')
  @HttpCode(200)
  @Permission('distribution.plan.activate')
  @Answers(planList)
  async activate(
    @IdParam('brandId') brandId: string,
    @IdParam('planVersionId', 'plan') planVersionId: string,
    @CurrentOperator() operator: Operator,
  ) {
    await this.plans.activate(brandId, planVersionId, operator);
    return this.list(brandId);
  }
}
