import { Injectable } from '@nestjs/common';
import { Audit, Database, idIn, isDuplicateKey, type Operator, type Tx } from '@concentric/service-kit';
import { refuseOwner } from '../partner/partner-owner.repository';
import { BankLineRepository, type StoredLine } from './bank-line.repository';
import { payoutRefused, unknownBankLine } from './payout.errors';
import { mayHappenToItem } from './payout-item.rules';
import { PayoutOutcome } from './payout-outcome.service';
import { PayoutRepository } from './payout.repository';

const ACTIONS = { PAID: 'pay', FAILED: 'fail', RETURNED: 'return' } as const;

/** Lines of the bank that need a treasury checker: returns and the end of a doubt to be believed, the rest to be looked into. */
@Injectable()
export class BankLines {
  constructor(
    private readonly database: Database,
    private readonly lines: BankLineRepository,
    private readonly payouts: PayoutRepository,
    private readonly outcome: PayoutOutcome,
    private readonly audit: Audit,
  ) {}

  /** Raises `bank_line_not_found` (404), `wrong_state`, `reference_used` (409), `same_person` and `own_partner` (403). */
  async decide(brandId: string, lineId: string, approve: boolean, reason: string, actor: Operator): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const line = await this.find(tx, brandId, lineId, actor);
        const { itemId } = line;
        if (line.state !== 'WAITING' || line.status === 'PENDING' || itemId === null)
          throw payoutRefused({ code: 'wrong_state', message: `The line is ${line.state}, it does not wait.` });
        await this.move(tx, brandId, line, approve ? 'BOOKED' : 'REFUSED', reason, actor);
        if (!approve) return;
        const named = (await this.payouts.items(tx, brandId, [itemId])).get(itemId)!;
        const batches = await this.payouts.lock(tx, brandId, [named.batchId]);
        const item = (await this.payouts.items(tx, brandId, [itemId])).get(itemId)!;
        const action = ACTIONS[line.status];
        if (!mayHappenToItem(action, item.state))
          throw payoutRefused({ code: 'wrong_state', message: `The item is ${item.state} by now.` });
        await this.outcome.apply(
          tx,
          brandId,
          [{ item, action, bankRef: line.bankRef, bookedOn: line.bookedOn, reason: line.reason }],
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

  /**
   * Says what came of a line that matched nothing or was in conflict; nothing is booked. Raises `bank_line_not_found` (404),
   * `wrong_state` (409), `same_person` and `own_partner` (403).
   */
  close(brandId: string, lineId: string, reason: string, actor: Operator): Promise<void> {
    return this.database.transaction(async (tx) => {
      const line = await this.find(tx, brandId, lineId, actor);
      if (line.state !== 'NOTED' || (line.match !== 'unmatched' && line.match !== 'conflict'))
        throw payoutRefused({
          code: 'wrong_state',
          message: `The line is ${line.match} and ${line.state}: there is nothing to look into.`,
        });
      await this.move(tx, brandId, line, 'CLOSED', reason, actor);
    });
  }

  private async find(tx: Tx, brandId: string, lineId: string, actor: Operator): Promise<StoredLine> {
    const line = await this.lines.lock(tx, brandId, lineId);
    if (!line) throw unknownBankLine(lineId);
    if (line.itemId)
      await refuseOwner(tx, actor, { sql: 'SELECT partner_id FROM payout_item WHERE item_id = ?', params: [idIn(line.itemId)] });
    return line;
  }

  private async move(
    tx: Tx,
    brandId: string,
    line: StoredLine,
    to: 'BOOKED' | 'REFUSED' | 'CLOSED',
    reason: string,
    actor: Operator,
  ): Promise<void> {
    if (line.importedBy === actor.id)
      throw payoutRefused({ code: 'same_person', message: 'Who imported a line may not decide what becomes of it.' });
    await this.lines.decide(tx, line, to, actor.id, reason);
    await this.audit.record(tx, {
      actorId: actor.id,
      action: `bank-line.${to.toLowerCase()}`,
      entityType: 'bank_line',
      entityId: line.lineId,
      brandId,
      from: line.state,
      to,
      reason,
    });
  }
}
