import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { OpsPermission } from '../http/permission.decorator';
import { type FlowSnapshot, MessageFlow } from './message-flow';

/** How many messages of each type other services have published, and for how long to wait, in milliseconds. */
class WaitBody extends createZodDto(
  z.strictObject({ published: z.record(z.string().max(120), z.number().int().min(0)), waitMs: z.number().int().min(0).max(10_000) }),
) {}

/** Whether the line is quiet: read by replays and by whoever waits for a day to be through. */
@OpsPermission()
@Controller('ops/flow')
export class MessageFlowController {
  constructor(private readonly flow: MessageFlow) {}

  @Get()
  snapshot(): Promise<FlowSnapshot> {
    return this.flow.snapshot();
  }

  /** The same, answered as soon as everything that was published has been handled here: one question instead of many. */
  @ApiExcludeEndpoint()
  @Post('wait')
  @HttpCode(200)
  wait(@Body() { published, waitMs }: WaitBody): Promise<FlowSnapshot> {
    return this.flow.whenQuiet(published, waitMs);
  }
}
