import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { listQuery, payoutBlockList, proposalInput } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, createZodDto, type ListQuery, type Operator } from '@concentric/service-kit';
import { PayoutBlockRepository } from './payout-block.repository';
import { PayoutBlockService } from './payout-block.service';

class BlockQueryDto extends createZodDto(listQuery) {}
class BlockDto extends createZodDto(proposalInput) {}

@Controller('brands/:brandId')
export class PayoutBlockController {
  constructor(
    private readonly list: PayoutBlockRepository,
    private readonly blocks: PayoutBlockService,
  ) {}

  @Get('payout-blocks')
  @Permission('distribution.partner.read')
  @Answers(payoutBlockList)
  page(@IdParam('brandId') brandId: string, @Query() query: BlockQueryDto, @CurrentOperator() operator: Operator) {
    return this.list.page(brandId, query as ListQuery, operator);
  }

  @Post('partners/:partnerId/payout-block')
  @HttpCode(204)
  @Permission('distribution.partner.block')
  block(
    @IdParam('brandId') brandId: string,
    @IdParam('partnerId') partnerId: string,
    @Body() body: BlockDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.blocks.block(brandId, partnerId, body.reason, operator);
  }

  @Delete('partners/:partnerId/payout-block')
  @HttpCode(204)
  @Permission('distribution.partner.block')
  unblock(
    @IdParam('brandId') brandId: string,
    @IdParam('partnerId') partnerId: string,
    @Body() body: BlockDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.blocks.unblock(brandId, partnerId, body.reason, operator);
  }
}
