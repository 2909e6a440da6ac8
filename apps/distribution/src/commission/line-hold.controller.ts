import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { proposalInput } from '@concentric/contracts';
import { CurrentOperator, IdParam, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { LineHoldService } from './line-hold.service';

class HoldDto extends createZodDto(proposalInput) {}

@Controller('brands/:brandId/commission-lines/:lineId/hold')
export class LineHoldController {
  constructor(private readonly holds: LineHoldService) {}

  @Post()
  @HttpCode(204)
  @Permission('distribution.line.hold')
  hold(
    @IdParam('brandId') brandId: string,
    @IdParam('lineId', 'commission_line') lineId: string,
    @Body() body: HoldDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.holds.act(brandId, lineId, 'hold', body.reason, operator);
  }

  @Delete()
  @HttpCode(204)
  @Permission('distribution.line.hold')
  release(
    @IdParam('brandId') brandId: string,
    @IdParam('lineId', 'commission_line') lineId: string,
    @Body() body: HoldDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.holds.act(brandId, lineId, 'release', body.reason, operator);
  }
}
