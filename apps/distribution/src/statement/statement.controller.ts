import { Body, Controller, Get, Header, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { statementDecisionResult, statementList, statementRow } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, LargeBody, NarrowsToScope, Permission, type Operator } from '@concentric/service-kit';
import { Readable } from 'node:stream';
import { ReviewService } from './review.service';
import { StatementAnswerService } from './statement-answer.service';
import { StatementDecisionDto, StatementQueryDto } from './statement.dto';
import { reasonMissing } from './statement.errors';
import { StatementListRepository } from './statement-list.repository';

@Controller('brands/:brandId')
export class StatementController {
  constructor(
    private readonly statements: StatementListRepository,
    private readonly reviews: ReviewService,
    private readonly answers: StatementAnswerService,
  ) {}

  @Get('statements')
  @NarrowsToScope()
  @Permission('distribution.statement.read')
  @Answers(statementList)
  list(@IdParam('brandId') brandId: string, @Query() query: StatementQueryDto, @CurrentOperator() operator: Operator) {
    return this.statements.list(brandId, query, operator);
  }

  @Get('statements.ndjson')
  @Header('Content-Type', 'application/x-ndjson')
  @NarrowsToScope()
  @Permission('distribution.statement.read')
  @Answers(statementRow, { mediaType: 'application/x-ndjson' })
  all(@IdParam('brandId') brandId: string, @CurrentOperator() operator: Operator): StreamableFile {
    const rows = this.statements.all(brandId, operator);
    return new StreamableFile(Readable.from(asLines(rows)), { type: 'application/x-ndjson' });
  }

  @Post('statements/submit')
  @HttpCode(200)
  @LargeBody()
  @Permission('distribution.statement.submit')
  @Answers(statementDecisionResult)
  submit(@IdParam('brandId') brandId: string, @Body() body: StatementDecisionDto, @CurrentOperator() operator: Operator) {
    return this.reviews.act(brandId, 'submit', body.items, operator, body.reason);
  }

  @Post('statements/approve')
  @HttpCode(200)
  @LargeBody()
  @Permission('distribution.statement.approve')
  @Answers(statementDecisionResult)
  approve(@IdParam('brandId') brandId: string, @Body() body: StatementDecisionDto, @CurrentOperator() operator: Operator) {
    return this.reviews.act(brandId, 'approve', body.items, operator, body.reason);
  }

  @Post('statements/reject')
  @HttpCode(200)
  @LargeBody()
  @Permission('distribution.statement.approve')
  @Answers(statementDecisionResult)
  reject(@IdParam('brandId') brandId: string, @Body() body: StatementDecisionDto, @CurrentOperator() operator: Operator) {
    if (body.reason === undefined) throw reasonMissing();
    return this.reviews.act(brandId, 'reject', body.items, operator, body.reason);
  }

  @Post('statements/:statementId/confirm')
  @HttpCode(200)
  @NarrowsToScope()
  @Permission('distribution.statement.confirm')
  @Answers(statementRow)
  async confirm(@IdParam('brandId') brandId: string, @IdParam('statementId') statementId: string, @CurrentOperator() operator: Operator) {
    await this.answers.confirm(brandId, statementId, operator);
    return this.statements.find(brandId, statementId, operator);
  }

  @Post('statements/:statementId/seen')
  @HttpCode(200)
  @NarrowsToScope()
  @Permission('distribution.statement.confirm')
  @Answers(statementRow)
  async see(@IdParam('brandId') brandId: string, @IdParam('statementId') statementId: string, @CurrentOperator() operator: Operator) {
    await this.answers.see(brandId, statementId, operator);
    return this.statements.find(brandId, statementId, operator);
  }

  @Get('statements/:statementId')
  @NarrowsToScope()
  @Permission('distribution.statement.read')
  @Answers(statementRow)
  one(@IdParam('brandId') brandId: string, @IdParam('statementId') statementId: string, @CurrentOperator() operator: Operator) {
    return this.statements.find(brandId, statementId, operator);
  }
}

async function* asLines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
