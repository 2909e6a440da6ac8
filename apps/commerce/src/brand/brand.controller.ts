import type { ServerResponse } from 'node:http';
import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { brandList, brandRow } from '@concentric/contracts';
import { Answers, CurrentOperator, HoldsNoRows, IdParam, Permission, type Operator } from '@concentric/service-kit';
import { BrandDto } from './brand.dto';
import { BrandService } from './brand.service';

@ApiTags('brands')
@Controller('brands')
export class BrandController {
  constructor(private readonly brands: BrandService) {}

  @Post()
  @Permission('commerce.brand.write')
  @Answers(brandRow, { status: 201 })
  async put(@CurrentOperator() operator: Operator, @Body() input: BrandDto, @Res({ passthrough: true }) response: ServerResponse) {
    const { brand, created } = await this.brands.put(operator, input);
    response.statusCode = created ? 201 : 200;
    return brand;
  }

  @Get()
  @HoldsNoRows()
  @Permission('commerce.brand.read')
  @Answers(brandList)
  async list(@CurrentOperator() operator: Operator) {
    const data = await this.brands.list(operator);
    return { data, total: data.length };
  }

  @Get(':brandId')
  @HoldsNoRows()
  @Permission('commerce.brand.read')
  @Answers(brandRow)
  get(@IdParam('brandId') brandId: string) {
    return this.brands.get(brandId);
  }
}
