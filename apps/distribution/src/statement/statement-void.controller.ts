import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { proposalDecision, proposalInput, statementRow } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { StatementListRepository } from './statement-list.repository';
import { StatementVoidService } from './statement-void.service';

class VoidDto extends createZodDto(proposalInput) {}
class VoidDecisionDto extends createZodDto(proposalDecision) {}

@Controller('brands/:brandId/statements/:statementId/void')
export class StatementVoidController {
  constructor(
    private readonly statements: StatementListRepository,
    private readonly voids: StatementVoidService,
  ) {}

  @Post()
  @HttpCode(200)
  @Permission('distribution.statement.void')
  @Answers(statementRow)
  async propose(
    @IdParam('brandId') brandId: string,
    @IdParam('statementId') statementId: string,
    @Body() body: VoidDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.voids.propose(brandId, statementId, body.reason, operator);
    return this.statements.find(brandId, statementId, operator);
  }

  /** Answers the statement that counts afterwards: the next revision, or the same one when it stays. */
  @Post('decide')
  @HttpCode(200)
  @Permission('distribution.statement.approve')
  @Answers(statementRow)
  async decide(
    @IdParam('brandId') brandId: string,
    @IdParam('statementId') statementId: string,
    @Body() body: VoidDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.statements.find(brandId, await this.voids.decide(brandId, statementId, body.approve, body.reason, operator), operator);
  }
}
