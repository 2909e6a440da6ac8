import { Injectable } from '@nestjs/common';
import { Audit, Database, idIn, idOut, insertRows, type Operator, type Tx } from '@concentric/service-kit';
import type { partnerPerson } from '@concentric/contracts';
import type { z } from 'zod';
import { unknownPartner } from '../partner/partner.errors';
import { refuseOwner } from '../partner/partner-owner.repository';
import { StatementAdvance } from '../statement/statement-advance.service';

type PartnerPerson = z.infer<typeof partnerPerson>;

/** Which customer a partner is in person: what it buys from itself is shown to reviewers. */
@Injectable()
export class PartnerPersonService {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementAdvance,
    private readonly audit: Audit,
  ) {}

  async read(brandId: string, partnerId: string): Promise<PartnerPerson> {
    return this.database.read(async (tx) => ({ partnerId, customerId: await this.of(tx, brandId, partnerId) }));
  }

  /** Has what is under review examined with it. Raises `partner_not_found` (404) and `own_partner` (403). */
  async save(brandId: string, partnerId: string, customerId: string | null, reason: string, actor: Operator): Promise<PartnerPerson> {
    return this.database.transaction(async (tx) => {
      const before = { customerId: await this.of(tx, brandId, partnerId) };
      await refuseOwner(tx, actor, partnerId);
      if (customerId === null) await tx.query('DELETE FROM partner_person WHERE partner_id = ?', [idIn(partnerId)]);
      else
        await insertRows(
          tx,
          'partner_person',
          ['partner_id', 'brand_id', 'customer_id'],
          [[idIn(partnerId), idIn(brandId), idIn(customerId)]],
          { key: ['partner_id'], set: ['customer_id'] },
        );
      await this.statements.reconsider(tx, brandId, partnerId, { actorId: actor.id, reason });
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'partner.person_named',
        entityType: 'partner',
        entityId: partnerId,
        brandId,
        reason,
        before,
        after: { customerId },
      });
      return { partnerId, customerId };
    });
  }

  private async of(tx: Tx, brandId: string, partnerId: string): Promise<string | null> {
    const rows: { customer_id: Buffer | null }[] = await tx.query(
      'SELECT y.customer_id FROM partner p LEFT JOIN partner_person y ON y.partner_id = p.partner_id WHERE p.brand_id = ? AND p.partner_id = ?',
      [idIn(brandId), idIn(partnerId)],
    );
    if (!rows[0]) throw unknownPartner(partnerId);
    return rows[0].customer_id === null ? null : idOut(rows[0].customer_id);
  }
}
