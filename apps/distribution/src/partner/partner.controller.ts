import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { batchResult, partnerDetail, partnerImportResult, partnerList, partnerTree, type BatchResult } from '@concentric/contracts';
import {
  Answers,
  BrandDirectory,
  CurrentOperator,
  IdParam,
  LargeBody,
  NarrowsToScope,
  Permission,
  StreamBody,
  type Operator,
} from '@concentric/service-kit';
import type { Readable } from 'node:stream';
import { PartnerFileService } from './partner-file.service';
import { PartnerBatchDto, PartnerQueryDto, PartnerTreeQueryDto } from './partner.dto';
import { noSuchMoment } from './partner.errors';
import { PartnerRepository } from './partner.repository';
import { PartnerService } from './partner.service';

@Controller('brands/:brandId/partners')
export class PartnerController {
  constructor(
    private readonly partners: PartnerService,
    private readonly reader: PartnerRepository,
    private readonly files: PartnerFileService,
    private readonly brands: BrandDirectory,
  ) {}

  @Get()
  @NarrowsToScope()
  @Permission('distribution.partner.read')
  @Answers(partnerList)
  list(@IdParam('brandId') brandId: string, @Query() query: PartnerQueryDto, @CurrentOperator() operator: Operator) {
    return this.reader.list(brandId, query, operator);
  }

  @Get('tree')
  @NarrowsToScope()
  @Permission('distribution.partner.read')
  @Answers(partnerTree)
  tree(@IdParam('brandId') brandId: string, @Query() query: PartnerTreeQueryDto, @CurrentOperator() operator: Operator) {
    return this.reader.tree(brandId, query.parentId, query.asOf === undefined ? undefined : momentOf(query.asOf), operator);
  }

  @Post('batch')
  @HttpCode(200)
  @LargeBody()
  @Permission('distribution.partner.write')
  @Answers(batchResult)
  async batch(
    @IdParam('brandId') brandId: string,
    @Body() body: PartnerBatchDto,
    @CurrentOperator() actor: Operator,
  ): Promise<BatchResult> {
    const { accepted, unchanged, rejected } = await this.partners.apply(brandId, body.items, { actor, source: 'batch' });
    return { accepted, unchanged, rejected: rejected.map(({ index, code, errors }) => ({ index, externalId: code, errors })) };
  }

  /** A whole network file (CSV with a header row, plain or gzip), applied in one transaction. */
  @Post('imports')
  @HttpCode(200)
  @StreamBody()
  @Permission('distribution.partner.write')
  @Answers(partnerImportResult)
  file(@IdParam('brandId') brandId: string, @Req() request: Readable, @CurrentOperator() actor: Operator) {
    return this.files.take(brandId, request, actor);
  }

  @Get(':partnerId')
  @NarrowsToScope()
  @Permission('distribution.partner.read')
  @Answers(partnerDetail)
  async detail(@IdParam('brandId') brandId: string, @IdParam('partnerId') partnerId: string, @CurrentOperator() operator: Operator) {
    const { currency } = await this.brands.get(null, brandId);
    return this.reader.detail(brandId, partnerId, operator, currency);
  }
}

function momentOf(instant: string): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw noSuchMoment('asOf', instant);
  return at;
}
