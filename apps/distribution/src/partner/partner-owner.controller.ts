import { Body, Controller, Get, Put } from '@nestjs/common';
import { partnerOwners } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { PartnerOwnersDto } from './partner.dto';
import { PartnerOwnerService } from './partner-owner.service';

@Controller('brands/:brandId/partners/:partnerId/owners')
export class PartnerOwnerController {
  constructor(private readonly owners: PartnerOwnerService) {}

  @Get()
  @Permission('distribution.partner.read')
  @Answers(partnerOwners)
  read(@IdParam('brandId') brandId: string, @IdParam('partnerId') partnerId: string) {
    return this.owners.read(brandId, partnerId);
  }

  @Put()
  @Permission('distribution.partner.write')
  @Answers(partnerOwners)
  save(
    @IdParam('brandId') brandId: string,
    @IdParam('partnerId') partnerId: string,
    @Body() body: PartnerOwnersDto,
    @CurrentOperator() operator: Operator,
  ) {
    return this.owners.save(brandId, partnerId, body, operator);
  }
}
