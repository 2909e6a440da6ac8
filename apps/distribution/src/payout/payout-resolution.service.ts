import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, idOutOrNull, int, type Operator, type Tx } from '@concentric/service-kit';
import type { payoutResolutionDecision } from '@concentric/contracts';
import type { z } from 'zod';
import { refuseOwner } from '../partner/partner-owner.repository';
import { hasChecked } from './payout-checker.repository';
import { payoutRefused, unknownPayoutItem } from './payout.errors';
import { resolutionRefusal, type DoubtedItem, type ResolutionAction } from './payout-item.rules';
import { PayoutOutcome } from './payout-outcome.service';
import { PayoutRepository, type PayoutBatch, type PayoutItem } from './payout.repository';

type Found = DoubtedItem & { item: PayoutItem; evidence: string | null; batches: Map<string, PayoutBatch> };

/** Ends a doubt about an item without a line of the bank: one person says what the evidence is, another believes it (inv 38). */
@Injectable()
export class PayoutResolution {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly outcome: PayoutOutcome,
    private readonly audit: Audit,
  ) {}

  /**
   * Raises `payout_item_not_found` (404), `wrong_state` unless the item is unknown, `resolution_proposed`, `bank_line_waits` (409)
   * `checker_of_statement` and `own_partner` (403).
   */
  propose(brandId: string, itemId: string, to: 'PAID' | 'FAILED', evidence: string, actor: Operator): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.allowed(tx, brandId, itemId, 'propose', actor);
      await execute(
        tx,
        'UPDATE payout_item SET resolve_to = ?, resolve_proposed_by = ?, resolve_evidence = ?, version = version + 1 WHERE item_id = ?',
        [to, idIn(actor.id), evidence, idIn(itemId)],
      );
      await this.record(tx, brandId, itemId, 'resolution-proposed', evidence, actor);
    });
  }

  /** Raises as above, and `resolution_not_proposed`, `changed_meanwhile` (409) and `same_person` (403). */
  decide(
    brandId: string,
    itemId: string,
    { approve, reason, version }: z.infer<typeof payoutResolutionDecision>,
    actor: Operator,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { item, proposed, evidence, batches } = await this.allowed(tx, brandId, itemId, approve ? 'accept' : 'refuse', actor, version);
      if (!approve) {
        await execute(
          tx,
          'UPDATE payout_item SET resolve_to = NULL, resolve_proposed_by = NULL, resolve_evidence = NULL, version = version + 1 WHERE item_id = ?',
          [idIn(itemId)],
        );
        await this.record(tx, brandId, itemId, 'resolution-refused', reason, actor);
        return;
      }
      await execute(tx, 'UPDATE payout_item SET resolve_decided_by = ? WHERE item_id = ?', [idIn(actor.id), idIn(itemId)]);
      await this.record(tx, brandId, itemId, 'resolution-approved', reason, actor);
      await this.outcome.apply(
        tx,
        brandId,
        [{ item, action: proposed!.to === 'PAID' ? 'pay' : 'fail', bankRef: null, bookedOn: null, reason: evidence ?? '' }],
        batches,
        actor.id,
      );
    });
  }

  private async allowed(
    tx: Tx,
    brandId: string,
    itemId: string,
    action: ResolutionAction,
    actor: Operator,
    seenVersion?: number,
  ): Promise<Found> {
    const named = (await this.payouts.items(tx, brandId, [itemId])).get(itemId);
    if (!named) throw unknownPayoutItem(itemId);
    const batches = await this.payouts.lock(tx, brandId, [named.batchId]);
    const found = {
      ...(await this.doubted(tx, itemId, actor)),
      item: (await this.payouts.items(tx, brandId, [itemId])).get(itemId)!,
      batches,
    };
    await refuseOwner(tx, actor, found.item.partnerId);
    const refused = resolutionRefusal(action, found, { actorId: actor.id, seenVersion });
    if (refused) throw payoutRefused(refused);
    return found;
  }

  private async doubted(tx: Tx, itemId: string, actor: Operator): Promise<DoubtedItem & { evidence: string | null }> {
    const rows: Record<string, unknown>[] = await tx.query(
      `SELECT state, version, resolve_to, resolve_proposed_by, resolve_evidence,
              (SELECT COUNT(*) FROM bank_line l WHERE l.item_id = payout_item.item_id AND l.state = 'WAITING') AS waiting FROM payout_item WHERE item_id = ?`,
      [idIn(itemId)],
    );
    const row = rows[0]!;
    const person = (column: string) => idOutOrNull(row[column] as Buffer | null);
    const by = person('resolve_proposed_by');
    return {
      state: row.state as DoubtedItem['state'],
      version: int(row.version),
      isChecker: await hasChecked(tx, { sql: 'i.item_id = ?', params: [idIn(itemId)] }, actor.id),
      proposed: by === null ? null : { to: row.resolve_to as 'PAID' | 'FAILED', by },
      evidence: row.resolve_evidence as string | null,
      lineWaits: int(row.waiting) > 0,
    };
  }

  private record(tx: Tx, brandId: string, itemId: string, verb: string, reason: string, actor: Operator): Promise<void> {
    return this.audit.record(tx, {
      actorId: actor.id,
      action: `payout-item.${verb}`,
      entityType: 'payout_item',
      entityId: itemId,
      brandId,
      reason,
    });
  }
}
