import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { withholdingRuleList, withholdingRuleRow } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { WithholdingDecisionDto, WithholdingRuleInputDto } from './withholding.dto';
import { WithholdingService } from './withholding.service';

@Controller('brands/:brandId/withholding-rules')
export class WithholdingController {
  constructor(private readonly rules: WithholdingService) {}

  @Get()
  @Permission('distribution.withholding.read')
  @Answers(withholdingRuleList)
  list(@IdParam('brandId') brandId: string) {
    return this.rules.list(brandId);
  }

  @Post()
  @Permission('distribution.withholding.propose')
  @Answers(withholdingRuleRow, { status: 201 })
  propose(@IdParam('brandId') brandId: string, @Body() body: WithholdingRuleInputDto, @CurrentOperator() operator: Operator) {
    return this.rules.propose(brandId, body, operator);
  }

  @Post(':ruleId/decide')
  @HttpCode(200)
  @Permission('distribution.withholding.approve')
  @Answers(withholdingRuleRow)
  decide(
    @IdParam('brandId') brandId: string,
    @IdParam('ruleId', 'withholding_rule') ruleId: string,
    @Body() body: WithholdingDecisionDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.rules.decide(brandId, ruleId, body.approve, body.reason, operator);
  }
}
