import { Readable } from 'node:stream';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { Answers, IdParam, Permission } from '@concentric/service-kit';
import { z } from 'zod';
import { JournalRepository } from './journal.repository';

/** For auditors: the books in a format that programs other than this one can check. */
@Controller('brands/:brandId/books.journal')
export class JournalController {
  constructor(private readonly journal: JournalRepository) {}

  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Permission('distribution.ledger.read')
  @Answers(z.string(), { mediaType: 'text/plain' })
  async read(@IdParam('brandId') brandId: string): Promise<StreamableFile> {
    const text = Readable.from(await this.journal.text(brandId), { objectMode: false, encoding: 'utf8' });
    return new StreamableFile(text, { type: 'text/plain; charset=utf-8' });
  }
}
