import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { sealList, sealResult } from '@concentric/contracts';
import { Answers, IdParam, LargeBody, Permission } from '@concentric/service-kit';
import { SealListService } from './seal-list.service';
import { SealBatchDto, SealListDto } from './seal.dto';
import { SealService } from './seal.service';

@ApiTags('seals')
@Controller('brands/:brandId/seals')
export class SealController {
  constructor(
    private readonly seals: SealService,
    private readonly reading: SealListService,
  ) {}

  @Post()
  @HttpCode(200)
  @Permission('commerce.seal.write')
  @LargeBody()
  @Answers(sealResult)
  seal(@IdParam('brandId') brandId: string, @Body() batch: SealBatchDto) {
    return this.seals.seal(brandId, batch.items);
  }

  @Get()
  @Permission('commerce.seal.read')
  @Answers(sealList)
  list(@IdParam('brandId') brandId: string, @Query() query: SealListDto) {
    return this.reading.list(brandId, query);
  }
}
