import { Inject, Injectable } from '@nestjs/common';
import type { BatchResult, ImportKind } from '@concentric/contracts';
import { Database, Idempotency, isDuplicateKey, type IdempotencyUse, type Tx } from '@concentric/service-kit';
import type { z } from 'zod';
import { BrandRepository } from '../brand/brand.repository';
import type { BrandRules } from '../brand/brand.rules';
import { SealService } from '../seal/seal.service';
import { refused } from './intake.errors';
import { parseRows, PublishedDays, Tally, type IntakeRow } from './intake.rules';

/** One kind of record that is taken in: how it is validated and how a batch of it is stored. */
export interface Intake<T> {
  readonly schema: z.ZodType<T>;
  /** The field that names a record in a list of rejects. */
  readonly nameField: string;
  /** How the brand's row is held while a batch is stored, see BrandRepository. */
  readonly lock: 'share' | 'update';
  store(tx: Tx, brand: BrandRules, rows: readonly IntakeRow<T>[], tally: Tally, published: PublishedDays, actorId: string): Promise<void>;
}

export const INTAKES = Symbol('Intakes');
export type Intakes = { readonly [K in ImportKind]: Intake<never> };

/** A batch that has been validated: storing it may be repeated without validating again. */
export type PreparedBatch = (tx: Tx) => Promise<BatchResult>;

/** The one way in, for HTTP and files alike: up to 500 records of one kind per transaction. */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(INTAKES) private readonly intakes: Intakes,
    private readonly brands: BrandRepository,
    private readonly seals: SealService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  /** Takes a batch in. Rows that cannot be taken are in the answer; raises unknown_brand (404) alone. */
  async take(kind: ImportKind, brandId: string, items: readonly unknown[], actorId: string): Promise<BatchResult> {
    const store = this.prepare(kind, brandId, items, actorId);
    return this.retryRace(() => this.database.transaction(store));
  }

  /**
   * Takes one record in under an Idempotency-Key.
   * @param read the answer, read in the same transaction
   * Raises invalid_input (400) and the conflicts of `refused` (409), unknown_brand (404).
   */
  async takeOne<T>(
    kind: ImportKind,
    brandId: string,
    item: unknown,
    use: IdempotencyUse,
    read: (tx: Tx) => Promise<T>,
  ): Promise<{ answer: T; isNew: boolean }> {
    const store = this.prepare(kind, brandId, [item], use.operatorId);
    return this.retryRace(() =>
      this.idempotency.run(use, async (tx) => {
        const result = await store(tx);
        const rejection = result.rejected[0];
        if (rejection) throw refused(rejection.errors);
        return { answer: await read(tx), isNew: result.accepted > 0 };
      }),
    );
  }

  /** Validates a batch outside of any transaction. */
  prepare(kind: ImportKind, brandId: string, items: readonly unknown[], actorId: string): PreparedBatch {
    return this.prepareFor(this.intakes[kind], brandId, items, actorId);
  }

  /**
   * Two batches brought the same new record at once: the unique key refused one of them as a whole, and run again it
   * finds the record known. @param work one whole transaction
   */
  async retryRace<T>(work: () => Promise<T>, attempts = 3): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (attempts > 1 && isDuplicateKey(error)) return this.retryRace(work, attempts - 1);
      throw error;
    }
  }

  private prepareFor<T>(intake: Intake<T>, brandId: string, items: readonly unknown[], actorId: string): PreparedBatch {
    const faults = new Tally();
    const rows = parseRows(intake.schema, items, intake.nameField, faults);
    return async (tx) => {
      const tally = faults.copy();
      const published = new PublishedDays();
      const brand = await this.brands.lock(tx, brandId, intake.lock);
      if (rows.length > 0) await intake.store(tx, brand, rows, tally, published, actorId);
      await this.seals.renew(tx, brandId, published.list());
      return tally.result();
    };
  }
}
