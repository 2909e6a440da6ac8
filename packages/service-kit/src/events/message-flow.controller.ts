import { Controller, Get } from '@nestjs/common';
import { OpsPermission } from '../http/permission.decorator';
import { type FlowSnapshot, MessageFlow } from './message-flow';

/** Whether the line is quiet: read by replays and by whoever waits for a day to be through. */
@OpsPermission()
@Controller('ops/flow')
export class MessageFlowController {
  constructor(private readonly flow: MessageFlow) {}

  @Get()
  snapshot(): Promise<FlowSnapshot> {
    return this.flow.snapshot();
  }
}
