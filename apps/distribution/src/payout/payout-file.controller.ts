import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { payoutDetail } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { z } from 'zod';
import { PayoutActionDto, PayoutFileQueryDto } from './payout.dto';
import { PayoutFileService } from './payout-file.service';
import { PayoutListRepository } from './payout-list.repository';
import { PayoutRelease } from './payout-release.service';

/** What goes to the bank: a batch is released, then its file can be taken. */
@Controller('brands/:brandId/payouts')
export class PayoutFileController {
  constructor(
    private readonly releases: PayoutRelease,
    private readonly files: PayoutFileService,
    private readonly lists: PayoutListRepository,
  ) {}

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
