import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { bankFileList, bankFileRow, bankLineList } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, StreamBody, type ListQuery, type Operator } from '@concentric/service-kit';
import type { Readable } from 'node:stream';
import { BankLines } from './bank-line.service';
import { BankResults } from './bank-result.service';
import { BankFileQueryDto, BankLineClosingDto, BankLineDecisionDto, BankLineQueryDto } from './payout.dto';
import { PayoutListRepository } from './payout-list.repository';

@Controller('brands/:brandId')
export class BankController {
  constructor(
    private readonly results: BankResults,
    private readonly lines: BankLines,
    private readonly lists: PayoutListRepository,
  ) {}

  @Post('payouts/bank-results')
  @HttpCode(200)
  @StreamBody()
  @Permission('distribution.bank.import')
  @Answers(bankFileRow)
  take(@IdParam('brandId') brandId: string, @Req() request: Readable, @CurrentOperator() operator: Operator) {
    return this.results.take(brandId, request, operator);
  }

  @Get('bank-files')
  @Permission('distribution.bank.read')
  @Answers(bankFileList)
  files(@IdParam('brandId') brandId: string, @Query() query: BankFileQueryDto, @CurrentOperator() operator: Operator) {
    return this.lists.bankFiles(brandId, query as ListQuery, operator);
  }

  @Get('bank-lines')
  @Permission('distribution.bank.read')
  @Answers(bankLineList)
  list(@IdParam('brandId') brandId: string, @Query() query: BankLineQueryDto, @CurrentOperator() operator: Operator) {
    return this.lists.bankLines(brandId, query, operator);
  }

  @Post('bank-lines/:lineId/confirm')
  @HttpCode(204)
  @Permission('distribution.bank.confirm')
  confirm(
    @IdParam('brandId') brandId: string,
    @IdParam('lineId', 'bank_line') lineId: string,
    @Body() body: BankLineDecisionDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.lines.decide(brandId, lineId, body.approve, body.reason, operator);
  }

  @Post('bank-lines/:lineId/close')
  @HttpCode(204)
  @Permission('distribution.bank.confirm')
  close(
    @IdParam('brandId') brandId: string,
    @IdParam('lineId', 'bank_line') lineId: string,
    @Body() body: BankLineClosingDto,
    @CurrentOperator() operator: Operator,
  ): Promise<void> {
    return this.lines.close(brandId, lineId, body.reason, operator);
  }
}
