import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { payoutDetail } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { PayoutActionDto, PayoutActionWithReasonDto } from './payout.dto';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutReview } from './payout-review.service';

/** What a treasury checker says of a submitted batch. */
@Controller('brands/:brandId/payouts')
export class PayoutReviewController {
  constructor(
    private readonly review: PayoutReview,
    private readonly lists: PayoutListRepository,
  ) {}

  @Post(':payoutId/reject')
  @HttpCode(200)
  @Permission('distribution.payout.approve')
  @Answers(payoutDetail)
  async reject(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Body() body: PayoutActionWithReasonDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.review.reject(brandId, payoutId, body, operator);
    return this.lists.batch(brandId, payoutId, operator);
  }

  @Post(':payoutId/approve')
  @HttpCode(200)
  @Permission('distribution.payout.approve')
  @Answers(payoutDetail)
  async approve(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Body() body: PayoutActionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.review.approve(brandId, payoutId, body, operator);
    return this.lists.batch(brandId, payoutId, operator);
  }
}
