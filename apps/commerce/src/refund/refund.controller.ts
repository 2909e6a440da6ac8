import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { batchResult, refundAccepted, refundList } from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  IdParam,
  IdempotencyScope,
  Idempotent,
  LargeBody,
  NarrowsToScope,
  Permission,
  type IdempotencyUse,
  type Operator,
} from '@concentric/service-kit';
import { IntakeService } from '../intake/intake.service';
import { RefundBatchDto, RefundDto, RefundListDto, RefundsDto } from './refund.dto';
import { RefundService } from './refund.service';

@ApiTags('refunds')
@Controller('brands/:brandId/refunds')
export class RefundController {
  constructor(
    private readonly intake: IntakeService,
    private readonly refunds: RefundService,
  ) {}

  @Post()
  @Permission('commerce.refund.write')
  @Idempotent()
  @Answers(refundAccepted, { status: 201 })
  async take(
    @IdParam('brandId') brandId: string,
    @Body() refund: RefundDto,
    @IdempotencyScope() use: IdempotencyUse,
    @Res({ passthrough: true }) response: ServerResponse,
  ) {
    const { answer, isNew } = await this.intake.takeOne('refunds', brandId, refund, use, (tx) =>
      this.refunds.accepted(tx, brandId, refund.channel, refund.externalId),
    );
    response.statusCode = isNew ? 201 : 200;
    return answer;
  }

  @Post('batch')
  @HttpCode(200)
  @Permission('commerce.refund.write')
  @LargeBody()
  @ApiBody({ type: RefundsDto })
  @Answers(batchResult)
  takeBatch(@IdParam('brandId') brandId: string, @Body() batch: RefundBatchDto, @CurrentOperator() operator: Operator) {
    return this.intake.take('refunds', brandId, batch.items, operator.id);
  }

  @Get()
  @NarrowsToScope()
  @Permission('commerce.refund.read')
  @Answers(refundList)
  list(@CurrentOperator() operator: Operator, @IdParam('brandId') brandId: string, @Query() query: RefundListDto) {
    return this.refunds.list(operator, brandId, query);
  }
}
