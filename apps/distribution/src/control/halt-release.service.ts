import { Injectable } from '@nestjs/common';
import { Audit, Database, Jobs, execute, idIn, insertRows, int, rowLock, type Operator, type Tx } from '@concentric/service-kit';
import type { releaseHaltInput } from '@concentric/contracts';
import type { z } from 'zod';
import { refuseOwner } from '../partner/partner-owner.repository';
import { ArrivalSignal } from '../purchase/arrival-signal.service';
import { BrandProgress } from '../purchase/brand-progress.service';
import { resumeBooking } from '../recalculation/recalculation.repository';
import { AccountHalts } from './account-halt.repository';
import { CHECK_BOOKS } from './check-books.job';
import { accountStillDiffers, unknownHalt } from './control.errors';

/** Lets postings to an account go on once somebody has put it right. */
@Injectable()
export class HaltRelease {
  constructor(
    private readonly database: Database,
    private readonly halts: AccountHalts,
    private readonly progress: BrandProgress,
    private readonly jobs: Jobs,
    private readonly arrivals: ArrivalSignal,
    private readonly audit: Audit,
  ) {}

  /** Raises `halt_not_found`, `own_partner`, and `account_still_differs` unless the balance is to be taken from the entries. */
  async release(
    brandId: string,
    haltId: string,
    { reason, balanceFromEntries }: z.infer<typeof releaseHaltInput>,
    actor: Operator,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      // An order that is being held for the halt just now is in nobody's sight yet: it is waited for, so that it is tried again too.
      await this.progress.lock(tx, brandId);
      const halt = await this.halts.find(tx, brandId, haltId);
      if (!halt) throw unknownHalt(haltId);
      await refuseOwner(tx, actor, halt.partnerId);
      const account = idIn(halt.accountId);
      const before = await this.figures(
        tx,
        `SELECT balance_minor AS minor, entries AS n FROM account_balance WHERE account_id = ?${rowLock(tx, 'update')}`,
        account,
      );
      const after = await this.figures(
        tx,
        'SELECT COALESCE(SUM(amount_minor), 0) AS minor, COUNT(*) AS n FROM ledger_entry WHERE account_id = ?',
        account,
      );
      if (before.minor !== after.minor || before.n !== after.n) {
        if (!balanceFromEntries) throw accountStillDiffers(before.minor, after.minor);
        const set = ['balance_minor', 'entries'];
        await insertRows(tx, 'account_balance', ['account_id', ...set], [[account, after.minor, after.n]], { key: ['account_id'], set });
      }
      await this.halts.release(tx, haltId, actor.id, reason);
      await this.resume(tx, brandId);
      await this.jobs.enqueue(tx, CHECK_BOOKS, haltId, { brandId });
      await this.audit.record(tx, {
        actorId: actor.id,
        action: 'account.released',
        brandId,
        entityType: 'ledger_account',
        entityId: halt.accountId,
        reason,
        before,
        after,
      });
    });
  }

  /** What was kept back is tried again. Refunds that are held for another reason are held again. */
  private async resume(tx: Tx, brandId: string): Promise<void> {
    await execute(tx, "UPDATE purchase SET state = 'PENDING' WHERE brand_id = ? AND state = 'HELD' AND held_reason = 'account_halted'", [
      idIn(brandId),
    ]);
    await execute(tx, "UPDATE refund SET state = 'PENDING' WHERE brand_id = ? AND state = 'HELD'", [idIn(brandId)]);
    await resumeBooking(tx, this.jobs, brandId);
    this.arrivals.after(tx);
  }

  private async figures(tx: Tx, sql: string, account: Buffer): Promise<{ minor: number; n: number }> {
    const rows: { minor: unknown; n: unknown }[] = await tx.query(sql, [account]);
    return { minor: int(rows[0]?.minor ?? 0), n: int(rows[0]?.n ?? 0) };
  }
}
