import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { heldRefundList, heldRetryResult, listQuery, proposalInput } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { HeldRefunds } from './held-refund.service';

class HeldQueryDto extends createZodDto(listQuery) {}
class HeldRetryDto extends createZodDto(proposalInput) {}

@Controller('brands/:brandId/held-refunds')
export class HeldRefundController {
  constructor(private readonly held: HeldRefunds) {}

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
}
