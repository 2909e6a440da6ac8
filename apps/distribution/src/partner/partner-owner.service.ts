import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, idOut, insertRows, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import type { partnerOwners, partnerOwnersInput } from '@concentric/contracts';
import type { z } from 'zod';
import { ownersChanged, unknownPartner } from './partner.errors';
import { refuseOwner } from './partner-owner.repository';

type Owners = z.infer<typeof partnerOwners>;

/** Which operators own a partner or share in it. */
@Injectable()
export class PartnerOwnerService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Raises `partner_not_found` (404). */
  read(brandId: string, partnerId: string): Promise<Owners> {
    return this.database.read(async (tx) => ({ partnerId, operatorIds: await this.of(tx, brandId, partnerId) }));
  }

  /** Replaces them. Raises `partner_not_found` (404), `changed_meanwhile` (409), and `own_partner` (403): who is one of them does not change that. */
  save(
    brandId: string,
    partnerId: string,
    { operatorIds, seen, reason }: z.infer<typeof partnerOwnersInput>,
    actor: Operator,
  ): Promise<Owners> {
    return this.database.transaction(async (tx) => {
      await tx.query(`SELECT partner_id FROM partner WHERE partner_id = ?${rowLock(tx, 'update')}`, [idIn(partnerId)]);
      const before = await this.of(tx, brandId, partnerId);
      await refuseOwner(tx, actor, partnerId);
      if (before.join() !== [...new Set(seen)].sort().join()) throw ownersChanged();
      const owners = [...new Set(operatorIds)].sort();
      await execute(tx, 'DELETE FROM partner_owner WHERE partner_id = ?', [idIn(partnerId)]);
      await insertRows(
        tx,
        'partner_owner',
        ['operator_id', 'partner_id', 'brand_id'],
        owners.map((operatorId) => [idIn(operatorId), idIn(partnerId), idIn(brandId)]),
      );
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'partner.owners_named',
        entityType: 'partner',
        entityId: partnerId,
        brandId,
        reason,
        before: { operatorIds: before },
        after: { operatorIds: owners },
      });
      return { partnerId, operatorIds: owners };
    });
  }

  private async of(tx: Tx, brandId: string, partnerId: string): Promise<string[]> {
    const rows: { operator_id: Buffer | null }[] = await tx.query(
      'SELECT o.operator_id FROM partner p LEFT JOIN partner_owner o ON o.partner_id = p.partner_id WHERE p.brand_id = ? AND p.partner_id = ? ORDER BY o.operator_id',
      [idIn(brandId), idIn(partnerId)],
    );
    if (rows.length === 0) throw unknownPartner(partnerId);
    return rows.flatMap((row) => (row.operator_id === null ? [] : [idOut(row.operator_id)]));
  }
}
