import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit, Clock, Database, Metrics, iso, type Tx } from '@concentric/service-kit';
import { type controlRun, ownReason } from '@concentric/contracts';
import type { z } from 'zod';
import { AccountHalts } from './account-halt.repository';
import { controls } from './control.rules';
import { ControlRepository, type Occasion, type Outcome } from './control.repository';

/** The books check themselves: after every day, before a period closes, and whenever somebody asks. */
@Injectable()
export class BookControl implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly runs: ControlRepository,
    private readonly halts: AccountHalts,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'ledger_mismatches',
      'Places at which the books contradict themselves, by the last check of each brand',
      [],
      async (gauge) => gauge.set(await this.database.read((tx) => this.runs.allMismatches(tx))),
    );
  }

  /** Checks outside any transaction, so that nobody waits. Returns how many mismatches there are. */
  async run(brandId: string, occasion: Occasion): Promise<number> {
    const outcome = await this.database.read((tx) => this.runs.look(tx, brandId, occasion));
    return this.database.transaction((tx) => this.note(tx, brandId, occasion, outcome));
  }

  /** As part of a transaction. */
  async runWithin(tx: Tx, brandId: string, occasion: Occasion): Promise<number> {
    return this.note(tx, brandId, occasion, await this.runs.look(tx, brandId, occasion));
  }

  /** What the last check found: cheap enough to be asked at every step. */
  lastMismatches(tx: Tx, brandId: string): Promise<number> {
    return this.runs.mismatches(tx, brandId);
  }

  async last(brandId: string): Promise<z.infer<typeof controlRun>> {
    return this.database.read(async (tx) => {
      const last = await this.runs.last(tx, brandId);
      const halted = await this.halts.live(tx, brandId);
      return {
        checkedAt: last === null ? null : iso(last.checkedAt),
        occasion: last?.occasion ?? null,
        controls: controls.map(({ name, invariant }) => ({ name, invariant, mismatches: last?.mismatches.get(name) ?? 0 })),
        findings: last?.findings ?? [],
        halted: halted.map(({ haltId, haltedAt, partnerId: _, ...halt }) => ({
          id: haltId,
          ...halt,
          haltedAt: iso(haltedAt),
        })),
      };
    });
  }

  private async note(tx: Tx, brandId: string, occasion: Occasion, outcome: Outcome): Promise<number> {
    await this.runs.save(tx, brandId, occasion, this.clock.now(), outcome);
    const differing = outcome.findings
      .filter(({ control }) => control === 'account_balance')
      .map(({ subject, expected, found }) => ({ accountId: subject, balanceMinor: Number(found), entriesMinor: Number(expected) }));
    const halted = await this.halts.halt(tx, brandId, differing);
    await this.audit.record(
      tx,
      halted.map(({ accountId, balanceMinor, entriesMinor }) => ({
        actorId: 'system',
        action: 'account.halted',
        brandId,
        entityType: 'ledger_account',
        entityId: accountId,
        reason: ownReason('balance_wrong'),
        before: { balanceMinor, entriesMinor },
      })),
    );
    return [...outcome.mismatches.values()].reduce((sum, n) => sum + n, 0);
  }
}
