import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
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
import { z } from 'zod';
import {
  PayoutActionDto,
  PayoutActionWithReasonDto,
  PayoutCancelDecisionDto,
  PayoutFileQueryDto,
  PayoutInputDto,
  PayoutQueryDto,
} from './payout.dto';
import { PayoutFileService } from './payout-file.service';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutPreparation } from './payout-preparation.service';
import { PayoutRelease } from './payout-release.service';
import { PayoutReview } from './payout-review.service';

@Controller('brands/:brandId/payouts')
export class PayoutController {
  constructor(
    private readonly preparation: PayoutPreparation,
    private readonly review: PayoutReview,
    private readonly releases: PayoutRelease,
    private readonly files: PayoutFileService,
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

  @Post(':payoutId/release')
  @HttpCode(200)
  @Permission('distribution.payout.release')
  @Answers(payoutDetail)
  async release(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Body() body: PayoutActionDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.releases.release(brandId, payoutId, body, operator);
    return this.lists.batch(brandId, payoutId, operator);
  }

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

  @Get(':payoutId/file')
  @Permission('distribution.payout.release')
  @Answers(z.string(), { mediaType: 'text/csv', description: 'CSV, or XML with format=pain001' })
  async file(
    @IdParam('brandId') brandId: string,
    @IdParam('payoutId') payoutId: string,
    @Query() query: PayoutFileQueryDto,
    @CurrentOperator() operator: Operator,
  ): Promise<StreamableFile> {
    const { name, mediaType, content } = await this.files.open(brandId, payoutId, query.format, operator);
    return new StreamableFile(content, { type: mediaType, disposition: `attachment; filename="${name}"` });
  }
}
