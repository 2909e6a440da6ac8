import { Body, Controller, Get, Put } from '@nestjs/common';
import { membershipSettings, type MembershipSettings } from '@concentric/contracts';
import { Answers, BrandDirectory, CurrentOperator, Database, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { SettingsBody } from './setting.dto';
import { SettingService } from './setting.service';

@Controller('brands/:brandId/settings')
export class SettingController {
  constructor(
    private readonly settings: SettingService,
    private readonly brands: BrandDirectory,
    private readonly database: Database,
  ) {}

  @Get()
  @Permission('membership.settings.read')
  @Answers(membershipSettings)
  async get(@IdParam('brandId') brandId: string): Promise<MembershipSettings> {
    await this.brands.get(null, brandId);
    return this.database.read((tx) => this.settings.get(tx, brandId));
  }

  @Put()
  @Permission('membership.settings.write')
  @Answers(membershipSettings)
  async put(
    @IdParam('brandId') brandId: string,
    @Body() body: SettingsBody,
    @CurrentOperator() operator: Operator,
  ): Promise<MembershipSettings> {
    await this.brands.get(null, brandId);
    return this.database.transaction((tx) => this.settings.put(tx, brandId, body, operator));
  }
}
