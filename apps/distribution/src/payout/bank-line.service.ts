import { Injectable } from '@nestjs/common';
import { Audit, Database, isDuplicateKey, type Operator } from '@concentric/service-kit';
import { BankLineRepository } from './bank-line.repository';
import { payoutRefused, unknownBankLine } from './payout.errors';
import { mayHappenToItem } from './payout-item.rules';
import { PayoutOutcome } from './payout-outcome.service';
import { PayoutRepository } from './payout.repository';

const ACTIONS = { PAID: 'pay', FAILED: 'fail', RETURNED: 'return' } as const;

/** Lines of the bank that a treasury checker has to believe: returns, and the end of a doubt. */
@Injectable()
export class BankLines {
  constructor(
    private readonly database: Database,
    private readonly lines: BankLineRepository,
    private readonly payouts: PayoutRepository,
    private readonly outcome: PayoutOutcome,
    private readonly audit: Audit,
  ) {}

  /** Raises `bank_line_not_found` (404), `wrong_state`, `reference_used` (409) and `same_person` (403). */
  async decide(brandId: string, lineId: string, approve: boolean, reason: string, actor: Operator): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const line = await this.lines.lock(tx, brandId, lineId);
        if (!line) throw unknownBankLine(lineId);
        if (line.state !== 'WAITING' || line.status === 'PENDING')
          throw payoutRefused({ code: 'wrong_state', message: `The line is ${line.state}, it does not wait.` });
        if (line.importedBy === actor.id) throw payoutRefused({ code: 'same_person', message: 'Who imported a line may not confirm it.' });
        const to = approve ? 'BOOKED' : 'REFUSED';
        await this.lines.decide(tx, lineId, to, actor.id, reason);
        await this.audit.record(tx, {
          actorId: actor.id,
          action: `bank-line.${to.toLowerCase()}`,
          entityType: 'bank_line',
          entityId: lineId,
          brandId,
          from: 'WAITING',
          to,
          reason,
        });
        if (!approve) return;
        const named = (await this.payouts.items(tx, brandId, [line.itemId])).get(line.itemId)!;
        const batches = await this.payouts.lock(tx, brandId, [named.batchId]);
        const item = (await this.payouts.items(tx, brandId, [line.itemId])).get(line.itemId)!;
        const action = ACTIONS[line.status];
        if (!mayHappenToItem(action, item.state))
          throw payoutRefused({ code: 'wrong_state', message: `The item is ${item.state} by now.` });
        await this.outcome.apply(
          tx,
          brandId,
          [{ item, action, bankRef: line.bankRef, bookedOn: line.bookedOn, reason: line.reason || reason }],
          batches,
          actor.id,
        );
      });
    } catch (error) {
      throw isDuplicateKey(error)
        ? payoutRefused({ code: 'reference_used', message: 'The bank reference has settled another item meanwhile.' })
        : error;
    }
  }
}
