import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { controlRun, releaseHaltInput } from '@concentric/contracts';
import {
  Answers,
  Clock,
  CurrentOperator,
  Database,
  IdParam,
  Jobs,
  Permission,
  createZodDto,
  newId,
  type Operator,
} from '@concentric/service-kit';
import { BookControl } from './book-control.service';
import { CHECK_BOOKS } from './check-books.job';
import { HaltRelease } from './halt-release.service';

class ReleaseHaltDto extends createZodDto(releaseHaltInput) {}

@Controller('brands/:brandId/controls')
export class ControlController {
  constructor(
    private readonly controls: BookControl,
    private readonly halts: HaltRelease,
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('distribution.ledger.read')
  @Answers(controlRun)
  last(@IdParam('brandId') brandId: string) {
    return this.controls.last(brandId);
  }

  /** Has the books checked now. */
  @Post()
  @HttpCode(202)
  @Permission('distribution.control.run')
  async run(@IdParam('brandId') brandId: string): Promise<void> {
    await this.database.transaction((tx) => this.jobs.enqueue(tx, CHECK_BOOKS, newId(this.clock), { brandId }));
  }

  @Post('halts/:haltId/release')
  @HttpCode(200)
  @Permission('distribution.control.release')
  @Answers(controlRun)
  async release(
    @IdParam('brandId') brandId: string,
    @IdParam('haltId') haltId: string,
    @Body() body: ReleaseHaltDto,
    @CurrentOperator() operator: Operator,
  ) {
    await this.halts.release(brandId, haltId, body, operator);
    return this.controls.last(brandId);
  }
}
