import { Injectable } from '@nestjs/common';
import { attributionSealed, type Seal } from '@concentric/contracts';
import { Outbox, type Tx } from '@concentric/service-kit';
import { SealRepository, type IntakeDelta } from './seal.repository';

/** A fact that a seal counts. */
export interface CountedFact {
  readonly brandId: string;
  readonly channel: string;
  readonly businessDate: string;
  readonly amountMinor: number;
}

/** Passes a seal on once everything it counts has been passed on itself. */
@Injectable()
export class SealService {
  constructor(
    private readonly repository: SealRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Counts orders or refunds that this transaction takes in, and passes on the seals that are complete by them. */
  async count(tx: Tx, kind: 'orders' | 'refunds', facts: readonly CountedFact[]): Promise<void> {
    if (facts.length === 0) return;
    const deltas = new Map<string, IntakeDelta>();
    for (const { brandId, channel, businessDate, amountMinor } of facts) {
      const key = `${brandId}/${channel}/${businessDate}`;
      const delta = deltas.get(key) ?? {
        brandId,
        channel,
        businessDate,
        orders: 0,
        refunds: 0,
        paidMinor: 0,
        refundedMinor: 0,
      };
      delta[kind] += 1;
      delta[kind === 'orders' ? 'paidMinor' : 'refundedMinor'] += amountMinor;
      deltas.set(key, delta);
    }
    await this.repository.add(tx, [...deltas.values()]);
    await this.passOn(tx, [...deltas.values()]);
  }

  /** Remembers what commerce has sealed, and passes on what is complete already. */
  async seal(tx: Tx, seals: readonly Seal[]): Promise<void> {
    await this.repository.remember(tx, seals);
    await this.passOn(tx, seals);
  }

  private async passOn(tx: Tx, keys: readonly Pick<Seal, 'brandId' | 'channel' | 'businessDate'>[]): Promise<void> {
    const complete = await this.repository.matched(tx, keys);
    if (complete.length === 0) return;
    await this.repository.markPassed(tx, complete);
    await this.outbox.add(tx, attributionSealed, complete);
  }
}
