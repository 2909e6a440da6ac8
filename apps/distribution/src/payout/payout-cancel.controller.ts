import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { payoutDetail } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { PayoutActionWithReasonDto, PayoutCancelDecisionDto } from './payout.dto';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutReview } from './payout-review.service';

/** Giving a batch up before it is released: its maker proposes, a checker decides. */
@Controller('brands/:brandId/payouts')
export class PayoutCancelController {
  constructor(
    private readonly review: PayoutReview,
    private readonly lists: PayoutListRepository,
  ) {}

  @Post(':payoutId/cancel')
  @HttpCode(200)
  @Permission('distribution.payout.prepare')
  @Answers(payoutDetail)
  async cancel(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Body() body: PayoutActionWithReasonDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.review.proposeCancel(brandId, payoutId, body, operator);
    return this.lists.batch(brandId, payoutId, operator);
  }

  @Post(':payoutId/cancel/decide')
  @HttpCode(200)
  @Permission('distribution.payout.approve')
  @Answers(payoutDetail)
  async decideCancel(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Body() body: PayoutCancelDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.review.decideCancel(brandId, payoutId, body.approve, body, operator);
    return this.lists.batch(brandId, payoutId, operator);
  }
}
