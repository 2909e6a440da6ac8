import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { disputeDecision, disputeInput, disputeList, disputeProposal, disputeQuery, disputeRow } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, NarrowsToScope, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { DisputeRepository } from './dispute.repository';
import { DisputeService } from './dispute.service';

class DisputeInputDto extends createZodDto(disputeInput) {}
class DisputeProposalDto extends createZodDto(disputeProposal) {}
class DisputeDecisionDto extends createZodDto(disputeDecision) {}
class DisputeQueryDto extends createZodDto(disputeQuery) {}

@Controller('brands/:brandId')
export class DisputeController {
  constructor(
    private readonly reader: DisputeRepository,
    private readonly disputes: DisputeService,
  ) {}

  @Get('disputes')
  @NarrowsToScope()
  @Permission('distribution.dispute.read')
  @Answers(disputeList)
  list(@IdParam('brandId') brandId: string, @Query() query: DisputeQueryDto, @CurrentOperator() operator: Operator) {
    return this.reader.list(brandId, query, operator);
  }

  @Post('statements/:statementId/dispute')
  @NarrowsToScope()
  @Permission('distribution.statement.dispute')
  @Answers(disputeRow, { status: 201 })
  open(
    @IdParam('brandId') brandId: string,
    @IdParam('statementId') statementId: string,
    @Body() body: DisputeInputDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.disputes.open(brandId, statementId, body, operator);
  }

  @Post('disputes/:disputeId/propose')
  @HttpCode(200)
  @Permission('distribution.dispute.propose')
  @Answers(disputeRow)
  propose(
    @IdParam('brandId') brandId: string,
    @IdParam('disputeId') disputeId: string,
    @Body() body: DisputeProposalDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.disputes.propose(brandId, disputeId, body, operator);
  }

  @Post('disputes/:disputeId/decide')
  @HttpCode(200)
  @Permission('distribution.dispute.approve')
  @Answers(disputeRow)
  decide(
    @IdParam('brandId') brandId: string,
    @IdParam('disputeId') disputeId: string,
    @Body() body: DisputeDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.disputes.decide(brandId, disputeId, body, operator);
  }
}
