import { Injectable } from '@nestjs/common';
import type { Tx } from '@concentric/service-kit';
import { sumMinor } from '@concentric/money';
import { StatementMoves } from '../statement/statement-moves.service';
import { PayoutRepository } from './payout.repository';
import { mayHappenToPayout } from './payout.rules';

/** Takes a partner whose payee details have changed out of batches that are not approved yet (inv 39). */
@Injectable()
export class PayoutEjection {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly statements: StatementMoves,
  ) {}

  /** Called after the details have changed in the same transaction: what is prepared from now on has the new ones. */
  async eject(tx: Tx, brandId: string, partnerId: string, currency: string, actorId: string): Promise<void> {
    const found = await this.payouts.unapprovedOf(tx, partnerId, currency);
    const batches = await this.payouts.lock(tx, brandId, found.map(({ batchId }) => batchId));
    const current = await this.payouts.items(tx, brandId, found.map(({ itemId }) => itemId));
    for (const batch of batches.values()) {
      // One that was approved while its lock was waited for is not released: release looks at the details again.
      const items = [...current.values()].filter(({ batchId, state }) => batchId === batch.batchId && state === 'PLANNED');
      if (items.length === 0 || !mayHappenToPayout('eject', batch.state)) continue;
      const move = { actorId, reason: 'payee details changed' };
      await this.payouts.moveItems(tx, brandId, items, 'eject', move);
      await this.statements.move(tx, brandId, 'exclude', items.map(({ statementId }) => statementId), move);
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
