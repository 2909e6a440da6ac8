import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { payoutItemList } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, NarrowsToScope, Permission, type Operator } from '@concentric/service-kit';
import { PayoutItemQueryDto, PayoutResolutionDecisionDto, PayoutResolutionDto } from './payout.dto';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutResolution } from './payout-resolution.service';

@Controller('brands/:brandId/payout-items')
export class PayoutItemController {
  constructor(
    private readonly lists: PayoutListRepository,
    private readonly resolution: PayoutResolution,
  ) {}

  @Get()
  @NarrowsToScope()
  @Permission('distribution.payout.read')
  @Answers(payoutItemList)
  list(@IdParam('brandId') brandId: string, @Query() query: PayoutItemQueryDto, @CurrentOperator() operator: Operator) {
    return this.lists.items(brandId, query, operator);
  }

  @Post(':itemId/resolve')
  @HttpCode(204)
  @Permission('distribution.payout.prepare')
  resolve(
    @IdParam('brandId') brandId: string,
    @IdParam('itemId', 'payout_item') itemId: string,
    @Body() body: PayoutResolutionDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.resolution.propose(brandId, itemId, body.outcome, body.evidence, operator);
  }

  @Post(':itemId/resolve/decide')
  @HttpCode(204)
  @Permission('distribution.payout.approve')
  decide(
    @IdParam('brandId') brandId: string,
    @IdParam('itemId', 'payout_item') itemId: string,
    @Body() body: PayoutResolutionDecisionDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.resolution.decide(brandId, itemId, body, operator);
  }
}
