import { Injectable } from '@nestjs/common';
import { BrandDirectory, Clock, crashPoint, Database, idIn, idOut, int, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import { refuseOwner } from '../partner/partner-owner.repository';
import { fileChanged, itemsHalted, itemsPaidBefore, payeeChanged, payoutRefused, unknownPayout, type NamedItem } from './payout.errors';
import { MAY_BE_PAID } from './bank-line.repository';
import { PayoutFileService } from './payout-file.service';
import { PayoutPosting } from './payout-posting.service';
import { plannedFor, PayoutRepository, type PayoutItem } from './payout.repository';
import { payoutRefusal } from './payout.rules';
import type { PayoutRequest } from './payout-review.service';

const NAMED = 'SELECT i.item_id, i.seq, p.code, p.name FROM payout_item i JOIN partner p ON p.partner_id = i.partner_id';
/** Whose details are no longer those of the batch, or who is not to be paid. */
const OUTDATED = `${NAMED} JOIN payee y ON y.payee_id = i.payee_id LEFT JOIN payout_block k ON k.partner_id = i.partner_id
  WHERE i.batch_id = ? AND i.state = 'PLANNED' AND (y.state <> 'APPROVED' OR k.partner_id IS NOT NULL) ORDER BY i.seq LIMIT 100`;
/** Whose account was halted after the batch had been prepared: the books would refuse it without saying whom it is about. */
const HALTED = `${NAMED} JOIN ledger_account a ON a.brand_id = i.brand_id AND a.partner_id = i.partner_id AND a.currency = i.currency AND a.type = 'payable'
   JOIN account_halt h ON h.account_id = a.account_id AND h.released_at IS NULL
  WHERE i.batch_id = ? AND i.state = 'PLANNED' ORDER BY i.seq LIMIT 100`;

/** Of which the bank has said meanwhile that it was paid before. */
const PAID_BEFORE = `${NAMED} JOIN statement s ON s.statement_id = i.statement_id
  WHERE i.batch_id = ? AND i.state = 'PLANNED' AND ${MAY_BE_PAID} ORDER BY i.seq LIMIT 100`;

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

  /** Raises what the rules refuse, `own_partner` (403), and `payee_changed` (409) when a partner has other details by now, or is not to be paid; `payout_halted`, `payout_paid_before`, `payout_file_changed` (409). */
  async release(brandId: string, batchId: string, { version, reason }: PayoutRequest, actor: Operator): Promise<void> {
    const brand = await this.brands.get(null, brandId);
    await this.database.transaction(async (tx) => {
      const batch = (await this.payouts.lock(tx, brandId, [batchId])).get(batchId);
      if (!batch) throw unknownPayout(batchId);
      await refuseOwner(tx, actor, plannedFor(batchId));
      const refused = payoutRefusal('release', batch, { actorId: actor.id, seenVersion: version, checkedStatement: false });
      if (refused) throw payoutRefused(refused);
      // Locked: whoever replaces details at this moment is waited for, or waits; whoever blocks a partner waits for the batch.
      const outdated = await this.named(tx, batchId, `${OUTDATED}${rowLock(tx, 'share')}`);
      if (outdated.length > 0) throw payeeChanged(outdated);
      const halted = await this.named(tx, batchId, HALTED);
      if (halted.length > 0) throw itemsHalted(halted);
      const paidBefore = await this.named(tx, batchId, PAID_BEFORE);
      if (paidBefore.length > 0) throw itemsPaidBefore(paidBefore);
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

  private async named(tx: Tx, batchId: string, sql: string): Promise<NamedItem[]> {
    const rows: { item_id: Buffer; seq: unknown; code: string; name: string }[] = await tx.query(sql, [idIn(batchId)]);
    return rows.map((row) => ({ id: idOut(row.item_id), seq: int(row.seq), partnerCode: row.code, partnerName: row.name }));
  }
}
