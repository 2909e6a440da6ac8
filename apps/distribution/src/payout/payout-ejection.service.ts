import { Injectable } from '@nestjs/common';
import type { Tx } from '@concentric/service-kit';
import { sumMinor } from '@concentric/money';
import { StatementMoves } from '../statement/statement-moves.service';
import { PayoutRepository } from './payout.repository';
import { mayHappenToPayout } from './payout.rules';

/** Takes partners out of batches that are not approved yet: their payee details have changed (inv 39), or they are not to be paid any more. */
@Injectable()
export class PayoutEjection {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly statements: StatementMoves,
  ) {}

  /** Keeps batches that would pay a partner from being released before this transaction ends, and waits for those being released now. */
  async waitForRelease(tx: Tx, brandId: string, partnerId: string): Promise<void> {
    await this.payouts.lock(tx, brandId, await this.payouts.batchesOf(tx, partnerId));
  }

  /**
   * Called after the change in the same transaction: what is prepared from now on goes by it. With a currency, only what is paid
   * in it. What is approved already stays; its release looks again.
   */
  async eject(
    tx: Tx,
    brandId: string,
    partnerId: string,
    { currency, reason, actorId }: { currency?: string; reason: string; actorId: string },
  ): Promise<void> {
    const found = (await this.payouts.unapprovedOf(tx, partnerId)).filter((item) => currency === undefined || item.currency === currency);
    const batches = await this.payouts.lock(
      tx,
      brandId,
      found.map(({ batchId }) => batchId),
    );
    const current = await this.payouts.items(
      tx,
      brandId,
      found.map(({ itemId }) => itemId),
    );
    for (const batch of batches.values()) {
      const items = [...current.values()].filter(({ batchId, state }) => batchId === batch.batchId && state === 'PLANNED');
      if (items.length === 0 || !mayHappenToPayout('eject', batch.state)) continue;
      const move = { actorId, reason };
      await this.payouts.moveItems(tx, brandId, items, 'eject', move);
      await this.statements.move(
        tx,
        brandId,
        'exclude',
        items.map(({ statementId }) => statementId),
        move,
      );
      const set = {
        items: batch.items - items.length,
        gross_minor: batch.grossMinor - sumMinor(items.map(({ grossMinor }) => grossMinor)),
        tax_minor: batch.taxMinor - sumMinor(items.map(({ taxMinor }) => taxMinor)),
        amount_minor: batch.amountMinor - sumMinor(items.map(({ amountMinor }) => amountMinor)),
        submitted_by: null,
        approved_by: null,
      };
      await this.payouts.move(tx, brandId, batch, 'eject', { ...move, set });
    }
  }
}
