import { Controller, Get, Header, HttpCode } from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '../http/domain.errors';
import { Public } from '../http/permission.decorator';
import { Metrics } from './metrics';
import { Readiness } from './readiness';

/**
 * Probes and metrics. They need no token, because probes have none, and tell nothing about anybody; an ingress does
 * not route `/ops`.
 */
@ApiExcludeController()
@SkipThrottle()
@Public()
@Controller('ops')
export class OpsController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** The process answers. Says nothing about anything it depends on: restarting would not bring that back. */
  @Get('live')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'live' };
  }

  /** 200, or 503 `not_ready` with the reason. */
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    const obstacle = await this.readiness.obstacle();
    if (obstacle === undefined) return { status: 'ready' };
    throw new DomainError({
      code: 'not_ready',
      status: 503,
      title: 'This process should not be sent requests',
      detail: obstacle,
      retryAfter: 5,
    });
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
