import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { heldOrderList, heldRetryResult, listQuery } from '@concentric/contracts';
import { Answers, IdParam, Permission, createZodDto } from '@concentric/service-kit';
import { HeldPurchaseList } from './held-purchase-list.repository';
import { HeldPurchases } from './held-purchase.service';
import { notHeld } from './purchase.errors';

class HeldQueryDto extends createZodDto(listQuery) {}

@Controller('brands/:brandId/held-orders')
export class HeldPurchaseController {
  constructor(
    private readonly list: HeldPurchaseList,
    private readonly held: HeldPurchases,
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
  async retry(@IdParam('brandId') brandId: string, @IdParam('orderId') orderId: string) {
    if (!(await this.held.retry(brandId, orderId))) throw notHeld(orderId);
    return { requeued: true };
  }
}
