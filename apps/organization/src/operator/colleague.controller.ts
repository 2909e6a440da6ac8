import { Controller, Get } from '@nestjs/common';
import { colleagueList } from '@concentric/contracts';
import { Answers, CurrentOperator, Database, IdParam, SignedIn, type Operator } from '@concentric/service-kit';
import type { z } from 'zod';
import { OperatorEntity } from './operator.entity';

@Controller('brands/:brandId/colleagues')
export class ColleagueController {
  constructor(private readonly database: Database) {}

  /** Also who has left: documents name them still. Who sees the rows of one partner only is told nobody. */
  @Get()
  @SignedIn()
  @Answers(colleagueList)
  async list(@IdParam('brandId') brandId: string, @CurrentOperator() operator: Operator): Promise<z.infer<typeof colleagueList>> {
    if (operator.scope.kind !== 'all') return { data: [] };
    const all = await this.database.read((tx) => tx.find(OperatorEntity, { order: { nameKey: 'ASC' } }));
    const ofBrand = all.filter(({ brands }) => brands === 'all' || brands.includes(brandId));
    return { data: ofBrand.map(({ id, displayName, scopeKind }) => ({ id, displayName, isPartner: scopeKind === 'partner' })) };
  }
}
