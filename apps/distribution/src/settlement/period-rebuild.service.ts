import { Injectable } from '@nestjs/common';
import { Audit, Database, type Operator } from '@concentric/service-kit';
import { ownReason, type rebuildResult } from '@concentric/contracts';
import type { z } from 'zod';
import { transitions } from '../statement/lifecycle.rules';
import { SettlementService } from './settlement.service';

/** Builds again what was parked, once somebody has mended what kept it from adding up (inv 35). */
@Injectable()
export class PeriodRebuild {
  constructor(
    private readonly database: Database,
    private readonly settlement: SettlementService,
    private readonly audit: Audit,
  ) {}

  async rebuild(brandId: string, period: string, actor: Operator): Promise<z.infer<typeof rebuildResult>> {
    return this.database.transaction(async (tx) => {
      const { rebuilt, stillParked } = await this.settlement.unpark(tx, brandId, period);
      const { to, verb } = transitions.rebuild;
      await this.audit.record(
        tx,
        rebuilt.map((entityId) => ({
          actorId: actor.id,
          action: `statement.${verb}`,
          entityType: 'statement',
          entityId,
          brandId,
          from: 'PARKED',
          to,
          reason: ownReason('rebuilt'),
        })),
      );
      return { rebuilt: rebuilt.length, stillParked };
    });
  }
}
