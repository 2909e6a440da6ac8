import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { memberDetail, memberList, memberSummary, revealedIdentities } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, NarrowsToScope, Permission, type Operator } from '@concentric/service-kit';
import { MemberListQuery, RevealBody } from './member.dto';
import { MemberService } from './member.service';

@Controller('brands/:brandId/members')
export class MemberController {
  constructor(private readonly members: MemberService) {}

  @Get()
  @NarrowsToScope()
  @Permission('membership.member.read')
  @Answers(memberList)
  list(@IdParam('brandId') brandId: string, @Query() query: MemberListQuery, @CurrentOperator() operator: Operator) {
    return this.members.list(brandId, query, operator);
  }

  @Get('summary')
  @NarrowsToScope()
  @Permission('membership.member.read')
  @Answers(memberSummary)
  summary(@IdParam('brandId') brandId: string, @CurrentOperator() operator: Operator) {
    return this.members.summary(brandId, operator);
  }

  @Get(':customerId')
  @NarrowsToScope()
  @Permission('membership.member.read')
  @Answers(memberDetail)
  detail(@IdParam('brandId') brandId: string, @IdParam('customerId', 'member') customerId: string, @CurrentOperator() operator: Operator) {
    return this.members.detail(brandId, customerId, operator);
  }

  @Post(':customerId/reveal')
  @HttpCode(200)
  @Permission('membership.identity.reveal')
  @Answers(revealedIdentities)
  reveal(
    @IdParam('brandId') brandId: string,
    @IdParam('customerId', 'member') customerId: string,
    @Body() body: RevealBody,
    @CurrentOperator() operator: Operator,
  ) {
    return this.members.reveal(brandId, customerId, operator, body.reason);
  }
}
