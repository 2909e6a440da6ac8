import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  heldDecision,
  heldDecisionResult,
  heldOrderList,
  heldProposal,
  heldRetryResult,
  listQuery,
  proposalInput,
} from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { HeldDecisions } from './held-decision.service';
import { HeldPurchaseList } from './held-purchase-list.repository';
import { HeldPurchases } from './held-purchase.service';

class HeldQueryDto extends createZodDto(listQuery) {}
class HeldRetryDto extends createZodDto(proposalInput) {}
class HeldProposalDto extends createZodDto(heldProposal) {}
class HeldDecisionDto extends createZodDto(heldDecision) {}

@Controller('brands/:brandId/held-orders')
export class HeldPurchaseController {
  constructor(
    private readonly list: HeldPurchaseList,
    private readonly held: HeldPurchases,
    private readonly decisions: HeldDecisions,
  ) {}

  @Get()
  @Permission('distribution.held.read')
  @Answers(heldOrderList)
  page(@IdParam('brandId') brandId: string, @Query() query: HeldQueryDto) {
    return this.list.page(brandId, query);
  }

  @Post(':orderId/retry')
  @HttpCode(200)
  @Permission('distribution.held.write')
  @Answers(heldRetryResult)
  async retry(
    @IdParam('brandId') brandId: string,
    @IdParam('orderId') orderId: string,
    @Body() body: HeldRetryDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.held.retry(brandId, orderId, body.reason, operator);
    return { requeued: true };
  }

  @Post(':orderId/propose')
  @HttpCode(200)
  @Permission('distribution.held.propose')
  @Answers(heldDecisionResult)
  async propose(
    @IdParam('brandId') brandId: string,
    @IdParam('orderId') orderId: string,
    @Body() body: HeldProposalDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.decisions.propose(brandId, orderId, body.action, body.reason, operator);
    return { state: 'PROPOSED' as const };
  }

  @Post(':orderId/decide')
  @HttpCode(200)
  @Permission('distribution.held.approve')
  @Answers(heldDecisionResult)
  async decide(
    @IdParam('brandId') brandId: string,
    @IdParam('orderId') orderId: string,
    @Body() body: HeldDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.decisions.decide(brandId, orderId, body, operator);
    return { state: body.approve ? ('APPROVED' as const) : ('REJECTED' as const) };
  }
}
