import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { BrandDirectory, idIn, updateRows, type Tx } from '@concentric/service-kit';
import { StatementMoves } from '../statement/statement-moves.service';
import { PayoutPosting } from './payout-posting.service';
import { payoutItemTransitions, type PayoutItemAction } from './payout-item.rules';
import { PayoutRepository, type PayoutBatch, type PayoutItem } from './payout.repository';
import { mayHappenToPayout } from './payout.rules';

/** What the bank has done with an item. */
export interface Outcome {
  item: PayoutItem;
  action: Extract<PayoutItemAction, 'doubt' | 'pay' | 'fail' | 'return'>;
  bankRef: string | null;
  bookedOn: string | null;
  reason: string;
}

/** Carries what the bank said into items, statements, books and batches. The batches are locked, the rules have been asked. */
@Injectable()
export class PayoutOutcome {
  constructor(
    private readonly brands: BrandDirectory,
    private readonly payouts: PayoutRepository,
    private readonly statements: StatementMoves,
    private readonly posting: PayoutPosting,
  ) {}

  async apply(
    tx: Tx,
    brandId: string,
    outcomes: readonly Outcome[],
    batches: ReadonlyMap<string, PayoutBatch>,
    actorId: string,
  ): Promise<void> {
    const brand = await this.brands.get(tx, brandId);
    for (const action of ['doubt', 'pay', 'fail', 'return'] as const) {
      const done = outcomes.filter((outcome) => outcome.action === action);
      const items = done.map(({ item }) => item);
      const { statement, verb } = payoutItemTransitions[action];
      await updateRows(
        tx,
        'payout_item',
        ['item_id'],
        ['bank_ref', 'booked_on', 'outcome_reason'],
        done.map((outcome) => [idIn(outcome.item.itemId), outcome.bankRef, outcome.bookedOn, outcome.reason]),
      );
      await this.payouts.moveItems(tx, brandId, items, action, {
        actorId,
        reason: ownReason('bank_says'),
      });
      if (statement !== null)
        await this.statements.move(
          tx,
          brandId,
          statement,
          items.map(({ statementId }) => statementId),
          { actorId, reason: ownReason('payout_item', { verb }) },
        );
      if (action === 'pay') await this.posting.pay(tx, brand, items);
      if (action === 'fail') await this.posting.fail(tx, brand, items);
      if (action === 'return') await this.posting.giveBack(tx, brand, items);
    }
    for (const batch of batches.values()) await this.settle(tx, brandId, batch);
  }

  /** A batch is settled when the bank has spoken on every item: wholly when all were paid, in part otherwise. */
  private async settle(tx: Tx, brandId: string, batch: PayoutBatch): Promise<void> {
    const any = async (states: string) =>
      (
        (await tx.query(`SELECT item_id FROM payout_item WHERE batch_id = ? AND state IN (${states}) LIMIT 1`, [
          idIn(batch.batchId),
        ])) as unknown[]
      ).length > 0;
    if (await any("'SENT', 'UNKNOWN'")) return;
    const action = (await any("'FAILED', 'RETURNED'")) ? 'settlePart' : 'settle';
    if (mayHappenToPayout(action, batch.state))
      await this.payouts.move(tx, brandId, batch, action, { actorId: 'system', reason: ownReason('bank_done') });
  }
}
