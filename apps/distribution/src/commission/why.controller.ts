import { Controller, Get, Query } from '@nestjs/common';
import { whyAmount, whyLineList, whyLineQuery, whyStatement } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, NarrowsToScope, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { WhyService } from './why.service';
import { WhyStatementService } from './why-statement.service';

class WhyLineQueryDto extends createZodDto(whyLineQuery) {}

@Controller('brands/:brandId')
export class WhyController {
  constructor(
    private readonly lines: WhyService,
    private readonly statements: WhyStatementService,
  ) {}

  @Get('commission-lines/:lineId/why')
  @NarrowsToScope()
  @Permission('distribution.commission.read')
  @Answers(whyAmount)
  line(@IdParam('brandId') brandId: string, @IdParam('lineId', 'commission_line') lineId: string, @CurrentOperator() operator: Operator) {
    return this.lines.explain(brandId, lineId, operator);
  }

  @Get('statements/:statementId/why')
  @NarrowsToScope()
  @Permission('distribution.statement.read')
  @Answers(whyStatement)
  statement(@IdParam('brandId') brandId: string, @IdParam('statementId') statementId: string, @CurrentOperator() operator: Operator) {
    return this.statements.explain(brandId, statementId, operator);
  }

  @Get('statements/:statementId/why/lines')
  @NarrowsToScope()
  @Permission('distribution.statement.read')
  @Answers(whyLineList)
  statementLines(
    @IdParam('brandId') brandId: string,
    @IdParam('statementId') statementId: string,
    @Query() query: WhyLineQueryDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.statements.linesOf(brandId, statementId, query, operator);
  }
}
