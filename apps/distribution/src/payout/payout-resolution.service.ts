import { Injectable } from '@nestjs/common';
import { Audit, Database, execute, idIn, idOutOrNull, type Operator, type Tx } from '@concentric/service-kit';
import { payoutRefused, unknownPayoutItem } from './payout.errors';
import { PayoutOutcome } from './payout-outcome.service';
import { PayoutRepository, type PayoutBatch, type PayoutItem } from './payout.repository';

/** Ends a doubt about an item without a line of the bank: one person says what the evidence is, another believes it (inv 38). */
@Injectable()
export class PayoutResolution {
  constructor(
    private readonly database: Database,
    private readonly payouts: PayoutRepository,
    private readonly outcome: PayoutOutcome,
    private readonly audit: Audit,
  ) {}

  /** Raises `payout_item_not_found` (404) and `wrong_state` (409) unless the item is unknown. */
  propose(brandId: string, itemId: string, to: 'PAID' | 'FAILED', evidence: string, actor: Operator): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.unknown(tx, brandId, itemId);
      await execute(
        tx,
        'UPDATE payout_item SET resolve_to = ?, resolve_proposed_by = ?, resolve_evidence = ?, version = version + 1 WHERE item_id = ?',
        [to, idIn(actor.id), evidence, idIn(itemId)],
      );
      await this.record(tx, brandId, itemId, 'resolution-proposed', evidence, actor);
    });
  }

  /** Raises also `resolution_not_proposed` (409) and `same_person` (403). */
  decide(brandId: string, itemId: string, approve: boolean, reason: string, actor: Operator): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { item, batches } = await this.unknown(tx, brandId, itemId);
      const rows: { resolve_to: string | null; resolve_proposed_by: Buffer | null; resolve_evidence: string | null }[] = await tx.query(
        'SELECT resolve_to, resolve_proposed_by, resolve_evidence FROM payout_item WHERE item_id = ?',
        [idIn(itemId)],
      );
      const { resolve_to: to, resolve_proposed_by: by, resolve_evidence: evidence } = rows[0]!;
      if (to === null) throw payoutRefused({ code: 'resolution_not_proposed', message: 'Nobody has said what became of the item.' });
      if (idOutOrNull(by) === actor.id)
        throw payoutRefused({ code: 'same_person', message: 'Who proposed an outcome may not decide on it.' });
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
        [{ item, action: to === 'PAID' ? 'pay' : 'fail', bankRef: null, bookedOn: null, reason: evidence ?? '' }],
        batches,
        actor.id,
      );
    });
  }

  private async unknown(tx: Tx, brandId: string, itemId: string): Promise<{ item: PayoutItem; batches: Map<string, PayoutBatch> }> {
    const named = (await this.payouts.items(tx, brandId, [itemId])).get(itemId);
    if (!named) throw unknownPayoutItem(itemId);
    const batches = await this.payouts.lock(tx, brandId, [named.batchId]);
    const item = (await this.payouts.items(tx, brandId, [itemId])).get(itemId)!;
    if (item.state !== 'UNKNOWN')
      throw payoutRefused({ code: 'wrong_state', message: `The item is ${item.state}; only an unknown one is resolved by hand.` });
    return { item, batches };
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
