import { ownReason } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, idIn, idOut, nextDate, type Brand, type Tx } from '@concentric/service-kit';
import { BookControl } from '../control/book-control.service';
import { PeriodService } from '../ledger/period.service';
import type { Progress } from '../purchase/brand-progress.service';
import { IntakeDays, MOST_DAYS } from '../purchase/intake-day.repository';
import { PurchaseQueue } from '../purchase/purchase-queue.repository';
import { namesOf, periodTransitions, type PeriodAction } from './period.rules';

/** Something that speaks against closing a period now. */
export interface Obstacle {
  code: 'not_ended' | 'not_sealed' | 'not_settled' | 'undecided' | 'tax_undecided' | 'books_mismatch';
  message: string;
  /** Of not_sealed: the first days that are not complete. */
  days?: { businessDate: string; channels: string[] }[];
  /** Of tax_undecided: which rules. */
  ruleIds?: string[];
}

/** Looks at what speaks against closing, and shuts the gate. */
@Injectable()
export class PeriodGate {
  constructor(
    private readonly periods: PeriodService,
    private readonly days: IntakeDays,
    private readonly queue: PurchaseQueue,
    private readonly controls: BookControl,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async obstacles(tx: Tx, brand: Brand, period: string, progress: Progress): Promise<Obstacle[]> {
    const { brandId, calendar } = brand;
    const lastDate = calendar.businessDate(calendar.endOfPeriod(period) - 1);
    const obstacles: Obstacle[] = [];
    if (this.clock.now() < calendar.endOfPeriod(period)) obstacles.push({ code: 'not_ended', message: `${period} has not ended` });
    if (progress.sealedThrough === null || progress.sealedThrough < lastDate) {
      const from = progress.sealedThrough === null ? `${period}-01` : nextDate(progress.sealedThrough);
      const open = await this.days.incomplete(tx, brand, from, lastDate);
      const named = open.map(({ businessDate, channels }) => `${businessDate} ${channels.join(' ')}`);
      const names = [...named, ...(open.length === MOST_DAYS ? ['…'] : [])].join(', ');
      obstacles.push({
        code: 'not_sealed',
        message: `not every channel has been sealed through ${lastDate}; complete through ${progress.sealedThrough ?? 'nothing'}${names ? `, open: ${names}` : ''}`,
        days: open,
      });
    }
    if (progress.settledThrough === null || progress.settledThrough < lastDate)
      obstacles.push({ code: 'not_settled', message: `matured through ${progress.settledThrough ?? 'nothing'} only` });
    if (await this.queue.waiting(tx, brandId, { sealedThrough: lastDate, receivedBefore: null }))
      obstacles.push({ code: 'undecided', message: 'orders or refunds of the period are still waiting to be decided' });
    const ruleIds = await this.taxUndecided(tx, brandId, `${period}-01`, lastDate);
    if (ruleIds.length > 0)
      obstacles.push({
        code: 'tax_undecided',
        message: 'a withholding rule that is to be in force in the period waits for its second person',
        ruleIds,
      });
    if ((await this.controls.lastMismatches(tx, brandId)) > 0)
      obstacles.push({ code: 'books_mismatch', message: 'the books contradict themselves; the controls say where' });
    return obstacles;
  }

  /** Once its period has closed a rule can no longer come into force on its date. */
  private async taxUndecided(tx: Tx, brandId: string, from: string, to: string): Promise<string[]> {
    const rows: { rule_id: Buffer }[] = await tx.query(
      "SELECT DISTINCT rule_id FROM withholding_rule WHERE brand_id = ? AND valid_from BETWEEN ? AND ? AND state = 'PROPOSED'",
      [idIn(brandId), from, to],
    );
    return rows.map((row) => idOut(row.rule_id));
  }

  /** Has the books checked before a person closes a period; what is found speaks against it. */
  async checkBooks(brandId: string): Promise<void> {
    await this.controls.run(brandId, 'close');
  }

  /** The same, as part of the transaction in which a period is to close by itself. */
  async booksAgree(tx: Tx, brandId: string): Promise<boolean> {
    return (await this.controls.runWithin(tx, brandId, 'close')) === 0;
  }

  /** Notes that somebody wants the period closed. */
  async ask(
    tx: Tx,
    brandId: string,
    period: string,
    actorId: string,
    overrideReason: string | null,
    obstacles: readonly Obstacle[],
  ): Promise<void> {
    const excused = overrideReason === null ? [] : obstacles.flatMap(namesOf);
    await this.periods.startClosing(tx, brandId, period, actorId, overrideReason, excused);
    await this.record(tx, 'period.closing_started', brandId, period, 'start', actorId, overrideReason);
  }

  /** Nobody: it closes by itself, which is both steps at once. */
  async shut(tx: Tx, brandId: string, period: string, actorId: string | null, overrideReason: string | null): Promise<void> {
    await this.periods.roll(tx, brandId, period, this.clock.now(), actorId, overrideReason);
    await this.record(tx, 'period.closed', brandId, period, 'close', actorId ?? 'system', overrideReason);
  }

  private record(
    tx: Tx,
    action: string,
    brandId: string,
    period: string,
    transition: PeriodAction,
    actorId: string,
    reason: string | null,
  ): Promise<void> {
    const { from, to } = periodTransitions[transition];
    return this.audit.record(tx, {
      actorId,
      action,
      brandId,
      entityType: 'accounting_period',
      entityId: `${brandId}/${period}`,
      from,
      to,
      reason: reason ?? ownReason('nothing_against'),
    });
  }
}
