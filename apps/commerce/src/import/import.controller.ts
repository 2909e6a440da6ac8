import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { importAccepted, importList, importRow, rejectList, rejectRow } from '@concentric/contracts';
import { Answers, CurrentOperator, IdParam, Permission, StreamBody, type Operator } from '@concentric/service-kit';
import { ImportDto, ImportListDto, RejectListDto } from './import.dto';
import { ImportService } from './import.service';

@ApiTags('imports')
@Controller('brands/:brandId/imports')
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  @Post()
  @HttpCode(202)
  @Permission('commerce.import.write')
  @StreamBody()
  @Answers(importAccepted, { status: 202 })
  upload(@CurrentOperator() operator: Operator, @IdParam('brandId') brandId: string, @Query() query: ImportDto, @Req() request: Readable) {
    return this.imports.upload(operator, brandId, query, request);
  }

  @Get()
  @Permission('commerce.import.read')
  @Answers(importList)
  list(@IdParam('brandId') brandId: string, @Query() query: ImportListDto) {
    return this.imports.list(brandId, query);
  }

  @Get(':importId')
  @Permission('commerce.import.read')
  @Answers(importRow)
  get(@IdParam('brandId') brandId: string, @IdParam('importId') importId: string) {
    return this.imports.get(brandId, importId);
  }

  @Post(':importId/resume')
  @HttpCode(200)
  @Permission('commerce.import.write')
  @Answers(importRow)
  resume(@IdParam('brandId') brandId: string, @IdParam('importId') importId: string) {
    return this.imports.resume(brandId, importId);
  }

  @Get(':importId/rejects')
  @Permission('commerce.import.read')
  @Answers(rejectList)
  rejects(@IdParam('brandId') brandId: string, @IdParam('importId') importId: string, @Query() query: RejectListDto) {
    return this.imports.rejects(brandId, importId, query);
  }

  @Get(':importId/rejects.csv')
  @Permission('commerce.import.read')
  @Answers(rejectRow, { mediaType: 'text/csv' })
  async rejectFile(@IdParam('brandId') brandId: string, @IdParam('importId') importId: string): Promise<StreamableFile> {
    await this.imports.get(brandId, importId);
    const file = Readable.from(this.imports.rejectFile(importId), { objectMode: false, encoding: 'utf8' });
    return new StreamableFile(file, { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="rejects-${importId}.csv"` });
  }
}
