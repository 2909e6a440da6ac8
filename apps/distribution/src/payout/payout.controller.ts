import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { payoutDetail, payoutList } from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  Idempotency,
  Idempotent,
  IdempotencyScope,
  IdParam,
  LargeBody,
  Permission,
  type IdempotencyUse,
  type Operator,
} from '@concentric/service-kit';
import { PayoutActionDto, PayoutInputDto, PayoutQueryDto } from './payout.dto';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutPreparation } from './payout-preparation.service';
import { PayoutReview } from './payout-review.service';

/** Payout batches, and what their maker does: prepare and submit. */
@Controller('brands/:brandId/payouts')
export class PayoutController {
  constructor(
    private readonly preparation: PayoutPreparation,
    private readonly review: PayoutReview,
    private readonly lists: PayoutListRepository,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Permission('distribution.payout.read')
  @Answers(payoutList)
  list(@IdParam('brandId') brandId: string, @Query() query: PayoutQueryDto, @CurrentOperator() operator: Operator) {
    return this.lists.batches(brandId, query, operator);
  }

  @Get(':payoutId')
  @Permission('distribution.payout.read')
  @Answers(payoutDetail)
  one(@IdParam('brandId') brandId: string, @IdParam('payoutId') payoutId: string, @CurrentOperator() operator: Operator) {
    return this.lists.batch(brandId, payoutId, operator);
  }

  @Post()
  @Idempotent()
  @LargeBody()
  @Permission('distribution.payout.prepare')
  @Answers(payoutDetail, { status: 201 })
  async prepare(
    @IdParam('brandId') brandId: string,
    @Body() body: PayoutInputDto,
    @CurrentOperator() operator: Operator,
    @IdempotencyScope() use: IdempotencyUse,
  ) {
    const payoutId = await this.idempotency.run(use, (tx) => this.preparation.prepare(tx, brandId, body, operator));
    return this.lists.batch(brandId, payoutId, operator);
  }

  @Post(':payoutId/submit')
  @HttpCode(200)
  @Permission('distribution.payout.prepare')
  @Answers(payoutDetail)
  async submit(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Body() body: PayoutActionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.review.submit(brandId, payoutId, body, operator);
    return this.lists.batch(brandId, payoutId, operator);
  }
}
