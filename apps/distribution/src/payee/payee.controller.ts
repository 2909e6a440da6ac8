import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { batchResult, payeeDecisionResult, payeeList, payeeRevealed, payeeRow } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, LargeBody, NarrowsToScope, Permission, type Operator } from '@concentric/service-kit';
import { PayeeBatchDto, PayeeBulkDecisionDto, PayeeDecisionDto, PayeeInputDto, PayeeQueryDto, PayeeRevealDto } from './payee.dto';
import { PayeeRepository } from './payee.repository';
import { PayeeService } from './payee.service';

@Controller('brands/:brandId')
export class PayeeController {
  constructor(
    private readonly payees: PayeeService,
    private readonly reader: PayeeRepository,
  ) {}

  @Get('payees')
  @NarrowsToScope()
  @Permission('distribution.payee.read')
  @Answers(payeeList)
  list(@IdParam('brandId') brandId: string, @Query() query: PayeeQueryDto, @CurrentOperator() operator: Operator) {
    return this.reader.list(brandId, query, operator);
  }

  @Put('partners/:partnerId/payee')
  @NarrowsToScope()
  @Permission('distribution.payee.propose')
  @Answers(payeeRow)
  propose(
    @IdParam('brandId') brandId: string,
    @IdParam('partnerId') partnerId: string,
    @Body() body: PayeeInputDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.payees.propose(brandId, partnerId, body, operator);
  }

  @Post('payees/batch')
  @HttpCode(200)
  @LargeBody()
  @Permission('distribution.payee.propose')
  @Answers(batchResult)
  proposeBatch(@IdParam('brandId') brandId: string, @Body() body: PayeeBatchDto, @CurrentOperator() operator: Operator) {
    return this.payees.proposeBatch(brandId, body.items, operator);
  }

  @Post('payees/decide')
  @HttpCode(200)
  @Permission('distribution.payee.approve')
  @Answers(payeeDecisionResult)
  decideMany(@IdParam('brandId') brandId: string, @Body() body: PayeeBulkDecisionDto, @CurrentOperator() operator: Operator) {
    return this.payees.decide(brandId, body.payeeIds, body.approve, body.reason, operator);
  }

  @Post('payees/:payeeId/decide')
  @HttpCode(200)
  @Permission('distribution.payee.approve')
  @Answers(payeeRow)
  decide(
    @IdParam('brandId') brandId: string,
    @IdParam('payeeId') payeeId: string,
    @Body() body: PayeeDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.payees.decideOne(brandId, payeeId, body.approve, body.reason, operator);
  }

  @Post('payees/:payeeId/reveal')
  @HttpCode(200)
  @Permission('distribution.payee.approve')
  @Answers(payeeRevealed)
  reveal(
    @IdParam('brandId') brandId: string,
    @IdParam('payeeId') payeeId: string,
    @Body() body: PayeeRevealDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.payees.reveal(brandId, payeeId, body.reason, operator);
  }
}
