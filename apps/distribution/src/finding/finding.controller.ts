import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { findingList, findingRow, partnerPerson } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { FindingAcceptanceDto, FindingQueryDto, PartnerPersonDto } from './finding.dto';
import { FindingRepository } from './finding.repository';
import { FindingService } from './finding.service';
import { PartnerPersonService } from './partner-person.service';

@Controller('brands/:brandId')
export class FindingController {
  constructor(
    private readonly reader: FindingRepository,
    private readonly findings: FindingService,
    private readonly persons: PartnerPersonService,
  ) {}

  @Get('findings')
  @Permission('distribution.finding.read')
  @Answers(findingList)
  list(@IdParam('brandId') brandId: string, @Query() query: FindingQueryDto, @CurrentOperator() operator: Operator) {
    return this.reader.list(brandId, query, operator);
  }

  @Post('findings/:findingId/accept')
  @HttpCode(200)
  @Permission('distribution.finding.accept')
  @Answers(findingRow)
  accept(
    @IdParam('brandId') brandId: string,
    @IdParam('findingId') findingId: string,
    @Body() body: FindingAcceptanceDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.findings.accept(brandId, findingId, body.reason, operator);
  }

  @Get('partners/:partnerId/person')
  @Permission('distribution.finding.read')
  @Answers(partnerPerson)
  person(@IdParam('brandId') brandId: string, @IdParam('partnerId') partnerId: string) {
    return this.persons.read(brandId, partnerId);
  }

  @Put('partners/:partnerId/person')
  @Permission('distribution.partner.write')
  @Answers(partnerPerson)
  savePerson(
    @IdParam('brandId') brandId: string,
    @IdParam('partnerId') partnerId: string,
    @Body() body: PartnerPersonDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.persons.save(brandId, partnerId, body.customerId, body.reason, operator);
  }
}
