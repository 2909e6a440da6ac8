import { Injectable } from '@nestjs/common';
import { BrandDirectory, Clock, crashPoint, Database, idIn, idOut, type Operator, type Tx } from '@concentric/service-kit';
import { fileChanged, payeeChanged, payoutRefused, unknownPayout } from './payout.errors';
import { PayoutFileService } from './payout-file.service';
import { PayoutPosting } from './payout-posting.service';
import { PayoutRepository, type PayoutItem } from './payout.repository';
import { payoutRefusal } from './payout.rules';
import type { PayoutRequest } from './payout-review.service';

/** Hands a batch to the bank, once: the books say so in the same transaction. */
@Injectable()
export class PayoutRelease {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly payouts: PayoutRepository,
    private readonly files: PayoutFileService,
    private readonly posting: PayoutPosting,
    private readonly clock: Clock,
  ) {}

  /** Raises what the rules refuse, and `payee_changed` (409) when a partner has other details by now, or is not to be paid; `payout_file_changed` (409). */
  async release(brandId: string, batchId: string, { version, reason }: PayoutRequest, actor: Operator): Promise<void> {
    const brand = await this.brands.get(null, brandId);
    await this.database.transaction(async (tx) => {
      const batch = (await this.payouts.lock(tx, brandId, [batchId])).get(batchId);
      if (!batch) throw unknownPayout(batchId);
      const refused = payoutRefusal('release', batch, { actorId: actor.id, seenVersion: version, checkedStatement: false });
      if (refused) throw payoutRefused(refused);
      const outdated = await this.outdated(tx, batchId);
      if (outdated.length > 0) throw payeeChanged(outdated);
      // Once it is sent nothing but a word of the bank takes it back, so it must be what can be handed out (inv 37).
      const { csv, pain001 } = await this.files.hashes(tx, brandId, batch);
      if (csv !== batch.csvHash || pain001 !== batch.pain001Hash) throw fileChanged();
      const items: PayoutItem[] = [];
      for await (const page of this.payouts.pages(tx, batchId)) items.push(...page);
      const move = { actorId: actor.id, ...(reason === undefined ? {} : { reason }) };
      await this.payouts.moveItems(tx, brandId, items, 'send', move);
      await this.posting.send(tx, brand, items);
      await this.payouts.move(tx, brandId, batch, 'release', {
        ...move,
        set: { released_by: idIn(actor.id), released_at: this.clock.now() },
      });
      crashPoint('payout-released');
    });
  }

  private async outdated(tx: Tx, batchId: string): Promise<string[]> {
    const rows: { item_id: Buffer }[] = await tx.query(
      `SELECT i.item_id FROM payout_item i JOIN payee y ON y.payee_id = i.payee_id LEFT JOIN payout_block k ON k.partner_id = i.partner_id
        WHERE i.batch_id = ? AND i.state = 'PLANNED' AND (y.state <> 'APPROVED' OR k.partner_id IS NOT NULL) ORDER BY i.seq LIMIT 20`,
      [idIn(batchId)],
    );
    return rows.map((row) => idOut(row.item_id));
  }
}
