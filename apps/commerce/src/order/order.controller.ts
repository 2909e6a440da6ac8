import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { batchResult, orderAccepted, orderDetail, orderList } from '@concentric/contracts';
import {
  Answers,
  CurrentOperator,
  IdParam,
  IdempotencyScope,
  Idempotent,
  LargeBody,
  NarrowsToScope,
  Permission,
  type IdempotencyUse,
  type Operator,
} from '@concentric/service-kit';
import { IntakeService } from '../intake/intake.service';
import { OrderBatchDto, OrderDto, OrderListDto, OrdersDto } from './order.dto';
import { OrderService } from './order.service';

@ApiTags('orders')
@Controller('brands/:brandId/orders')
export class OrderController {
  constructor(
    private readonly intake: IntakeService,
    private readonly orders: OrderService,
  ) {}

  @Post()
  @Permission('commerce.order.write')
  @Idempotent()
  @Answers(orderAccepted, { status: 201 })
  async take(
    @IdParam('brandId') brandId: string,
    @Body() order: OrderDto,
    @IdempotencyScope() use: IdempotencyUse,
    @Res({ passthrough: true }) response: ServerResponse,
  ) {
    const { answer, isNew } = await this.intake.takeOne('orders', brandId, order, use, (tx) =>
      this.orders.accepted(tx, brandId, order.channel, order.externalId),
    );
    response.statusCode = isNew ? 201 : 200;
    return answer;
  }

  @Post('batch')
  @HttpCode(200)
  @Permission('commerce.order.write')
  @LargeBody()
  @ApiBody({ type: OrdersDto })
  @Answers(batchResult)
  takeBatch(@IdParam('brandId') brandId: string, @Body() batch: OrderBatchDto, @CurrentOperator() operator: Operator) {
    return this.intake.take('orders', brandId, batch.items, operator.id);
  }

  @Get()
  @NarrowsToScope()
  @Permission('commerce.order.read')
  @Answers(orderList)
  list(@CurrentOperator() operator: Operator, @IdParam('brandId') brandId: string, @Query() query: OrderListDto) {
    return this.orders.list(operator, brandId, query);
  }

  @Get(':orderId')
  @NarrowsToScope()
  @Permission('commerce.order.read')
  @Answers(orderDetail)
  get(@CurrentOperator() operator: Operator, @IdParam('brandId') brandId: string, @IdParam('orderId') orderId: string) {
    return this.orders.get(operator, brandId, orderId);
  }
}
