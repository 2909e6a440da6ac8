import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Audit, Database, idIn, type Operator, type Tx } from '@concentric/service-kit';
import { unknownPartner } from '../partner/partner.errors';
import { refuseOwner } from '../partner/partner-owner.repository';
import { PayoutEjection } from '../payout/payout-ejection.service';
import { PayoutBlockRepository } from './payout-block.repository';
import { StatementAdvance } from './statement-advance.service';
import { partnerBlocked, partnerNotBlocked } from './statement.errors';

/** Keeps partners from being paid, and lets them be paid again; not those of whoever does it (`own_partner`, 403). */
@Injectable()
export class PayoutBlockService {
  constructor(
    private readonly database: Database,
    private readonly blocks: PayoutBlockRepository,
    private readonly statements: StatementAdvance,
    private readonly ejection: PayoutEjection,
    private readonly audit: Audit,
  ) {}

  async block(brandId: string, partnerId: string, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      const known: unknown[] = await tx.query('SELECT partner_id FROM partner WHERE brand_id = ? AND partner_id = ?', [
        idIn(brandId),
        idIn(partnerId),
      ]);
      if (known.length === 0) throw unknownPartner(partnerId);
      await refuseOwner(tx, actor, partnerId);
      // Somebody releasing a batch with this partner has looked for blocks already: they are waited for, or wait.
      await this.ejection.waitForRelease(tx, brandId, partnerId);
      if (!(await this.blocks.add(tx, brandId, partnerId, reason, actor.id))) throw partnerBlocked(partnerId);
      await this.ejection.eject(tx, brandId, partnerId, { reason: ownReason('partner_blocked'), actorId: actor.id });
      await this.record(tx, 'partner.payout_blocked', brandId, partnerId, reason, actor);
    });
  }

  async unblock(brandId: string, partnerId: string, reason: string, actor: Operator): Promise<void> {
    await this.database.transaction(async (tx) => {
      await refuseOwner(tx, actor, partnerId);
      if (!(await this.blocks.remove(tx, brandId, partnerId))) throw partnerNotBlocked(partnerId);
      await this.statements.reconsider(tx, brandId, partnerId, { reason, actorId: actor.id });
      await this.record(tx, 'partner.payout_unblocked', brandId, partnerId, reason, actor);
    });
  }

  private record(tx: Tx, action: string, brandId: string, partnerId: string, reason: string, actor: Operator): Promise<void> {
    return this.audit.record(tx, { actorId: actor.id, action, brandId, entityType: 'partner', entityId: partnerId, reason });
  }
}
