import { Controller, Get } from '@nestjs/common';
import { trialBalance } from '@concentric/contracts';
import { Answers, IdParam, Permission } from '@concentric/service-kit';
import { TrialBalanceService } from './trial-balance.service';

@Controller('brands/:brandId/trial-balance')
export class LedgerController {
  constructor(private readonly books: TrialBalanceService) {}

  @Get()
  @Permission('distribution.ledger.read')
  @Answers(trialBalance)
  read(@IdParam('brandId') brandId: string) {
    return this.books.of(brandId);
  }
}
