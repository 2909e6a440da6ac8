import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { uuid } from '@concentric/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { OpsPermission } from '../http/permission.decorator';
import { type DeadLetter, DeadLetters } from './dead-letters';

class DeadLetterListQuery extends createZodDto(
  z.strictObject({
    consumer: z.string().max(120).optional(),
    state: z.enum(['dead', 'replayed']).optional(),
    limit: z.coerce.number().int().min(1).max(500).optional(),
    before: uuid.optional(),
  }),
) {}

class DeadLetterParams extends createZodDto(z.strictObject({ id: uuid })) {}

/** What could not be consumed: look, and try again once the cause is gone. */
@OpsPermission()
@Controller('ops/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  async list(@Query() query: DeadLetterListQuery): Promise<{ data: DeadLetter[]; total: number }> {
    return { data: await this.deadLetters.list(query), total: await this.deadLetters.count() };
  }

  @Get(':id')
  show(@Param() { id }: DeadLetterParams): Promise<DeadLetter> {
    return this.deadLetters.show(id);
  }

  @Post('replay')
  @HttpCode(200)
  replayAll(): Promise<{ replayed: number; failed: number }> {
    return this.deadLetters.replay('all');
  }

  @Post(':id/replay')
  @HttpCode(200)
  replay(@Param() { id }: DeadLetterParams): Promise<{ replayed: number; failed: number }> {
    return this.deadLetters.replay(id);
  }
}
