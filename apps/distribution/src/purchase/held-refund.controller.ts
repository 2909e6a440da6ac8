import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { heldDecisionResult, heldRefundList, heldRetryResult, listQuery, proposalDecision, proposalInput } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { HeldRefunds } from './held-refund.service';
import { HeldRefundVoid } from './held-refund-void.service';

class HeldQueryDto extends createZodDto(listQuery) {}
class HeldRetryDto extends createZodDto(proposalInput) {}
class VoidDecisionDto extends createZodDto(proposalDecision) {}

@Controller('brands/:brandId/held-refunds')
export class HeldRefundController {
  constructor(
    private readonly held: HeldRefunds,
    private readonly voids: HeldRefundVoid,
  ) {}

  @Get()
  @Permission('distribution.held.read')
  @Answers(heldRefundList)
  page(@IdParam('brandId') brandId: string, @Query() query: HeldQueryDto) {
    return this.held.page(brandId, query);
  }

  @Post(':refundId/retry')
  @HttpCode(200)
  @Permission('distribution.held.write')
  @Answers(heldRetryResult)
  async retry(
    @IdParam('brandId') brandId: string,
    @IdParam('refundId') refundId: string,
    @Body() body: HeldRetryDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.held.retry(brandId, refundId, body.reason, operator);
    return { requeued: true };
  }

  @Post(':refundId/void')
  @HttpCode(200)
  @Permission('distribution.held.propose')
  @Answers(heldDecisionResult)
  async propose(
    @IdParam('brandId') brandId: string,
    @IdParam('refundId') refundId: string,
    @Body() body: HeldRetryDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.voids.propose(brandId, refundId, body.reason, operator);
    return { state: 'PROPOSED' as const };
  }

  @Post(':refundId/void/decide')
  @HttpCode(200)
  @Permission('distribution.held.approve')
  @Answers(heldDecisionResult)
  async decide(
    @IdParam('brandId') brandId: string,
    @IdParam('refundId') refundId: string,
    @Body() body: VoidDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.voids.decide(brandId, refundId, body.approve, body.reason, operator);
    return { state: body.approve ? ('APPROVED' as const) : ('REJECTED' as const) };
  }
}
