import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { adjustmentList, adjustmentRow } from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  Idempotency,
  Idempotent,
  IdempotencyScope,
  IdParam,
  Permission,
  type IdempotencyUse,
  type Operator,
} from '@concentric/service-kit';
import { AdjustmentDecisionDto, AdjustmentInputDto, AdjustmentQueryDto } from './adjustment.dto';
import { AdjustmentRepository } from './adjustment.repository';
import { AdjustmentService } from './adjustment.service';

@Controller('brands/:brandId/adjustments')
export class AdjustmentController {
  constructor(
    private readonly reader: AdjustmentRepository,
    private readonly adjustments: AdjustmentService,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Permission('distribution.adjustment.read')
  @Answers(adjustmentList)
  list(@IdParam('brandId') brandId: string, @Query() query: AdjustmentQueryDto, @CurrentOperator() operator: Operator) {
    return this.reader.list(brandId, query, operator);
  }

  @Post()
  @Idempotent()
  @Permission('distribution.adjustment.propose')
  @Answers(adjustmentRow, { status: 201 })
  propose(
    @IdParam('brandId') brandId: string,
    @Body() body: AdjustmentInputDto,
    @CurrentOperator() operator: Operator,
    @IdempotencyScope() use: IdempotencyUse,
  ) {
    return this.idempotency.run(use, (tx) => this.adjustments.propose(tx, brandId, body, operator));
  }

  @Post(':adjustmentId/decide')
  @HttpCode(200)
  @Permission('distribution.adjustment.approve')
  @Answers(adjustmentRow)
  decide(
    @IdParam('brandId') brandId: string,
    @IdParam('adjustmentId') adjustmentId: string,
    @Body() body: AdjustmentDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.adjustments.decide(brandId, adjustmentId, body.approve, body.reason, operator);
  }
}
