import { Body, Controller, Get, Put } from '@nestjs/common';
import { savedSettings } from '@concentric/contracts';
import { Answers, BrandDirectory, CurrentOperator, IdParam, Permission, createZodDto, type Operator } from '@concentric/service-kit';
import { SettingService } from './setting.service';

class SettingsDto extends createZodDto(savedSettings) {}

@Controller('brands/:brandId/settings')
export class SettingController {
  constructor(
    private readonly settings: SettingService,
    private readonly brands: BrandDirectory,
  ) {}

  @Get()
  @Permission('distribution.settings.read')
  @Answers(savedSettings)
  async read(@IdParam('brandId') brandId: string) {
    await this.brands.get(null, brandId);
    return this.settings.read(brandId);
  }

  @Put()
  @Permission('distribution.settings.write')
  @Answers(savedSettings)
  async save(@IdParam('brandId') brandId: string, @Body() body: SettingsDto, @CurrentOperator() operator: Operator) {
    await this.brands.get(null, brandId);
    return this.settings.save(brandId, body, operator);
  }
}
