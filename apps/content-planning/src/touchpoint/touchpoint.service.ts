import { Injectable } from '@nestjs/common';
import { touchpointChanged, type TouchpointInput, type TouchpointPatch } from '@concentric/contracts';
import { Audit, BrandDirectory, changedMeanwhile, Clock, Database, isDuplicateKey, newId, Outbox, type Tx } from '@concentric/service-kit';
import { TouchpointEntity } from './touchpoint.entity';
import { touchpointCodeTaken, touchpointNotFound } from './touchpoint.errors';

/** The register of touchpoints: a dimension that orders and expenses may name by code. */
@Injectable()
export class TouchpointService {
  constructor(
    private readonly database: Database,
    private readonly brands: BrandDirectory,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Raises `touchpoint_not_found`, also for one of another brand. */
  async get(brandId: string, id: string): Promise<TouchpointEntity> {
    const touchpoint = await this.database.source.manager.findOneBy(TouchpointEntity, { id, brandId });
    if (touchpoint === null) throw touchpointNotFound(id);
    return touchpoint;
  }

  /** Raises `unknown_brand`, `touchpoint_code_taken`. */
  async register(tx: Tx, brandId: string, input: TouchpointInput, actorId: string): Promise<TouchpointEntity> {
    await this.brands.get(tx, brandId);
    const now = this.clock.now();
    const touchpoint = tx.create(TouchpointEntity, {
      id: newId(this.clock),
      brandId,
      ...input,
      retired: false,
      createdAt: now,
      changedAt: now,
      revision: 1,
    });
    try {
      await tx.insert(TouchpointEntity, touchpoint);
    } catch (error) {
      if (isDuplicateKey(error)) throw touchpointCodeTaken();
      throw error;
    }
    await this.publish(tx, touchpoint);
    await this.audit.record(tx, {
      actorId,
      action: 'touchpoint.registered',
      entityType: 'touchpoint',
      entityId: touchpoint.id,
      brandId,
      after: input,
    });
    return touchpoint;
  }

  /** Raises `touchpoint_not_found`, `changed_meanwhile`. A change that changes nothing publishes nothing. */
  async change(brandId: string, id: string, { revision, ...patch }: TouchpointPatch, actorId: string): Promise<TouchpointEntity> {
    return this.database.transaction(async (tx) => {
      const before = await tx.findOneBy(TouchpointEntity, { id, brandId });
      if (before === null) throw touchpointNotFound(id);
      if (before.revision !== revision) throw changedMeanwhile('touchpoint', before.revision);
      const fields = (Object.keys(patch) as (keyof typeof patch)[]).filter(
        (field) => patch[field] !== undefined && patch[field] !== before[field],
      );
      if (fields.length === 0) return before;
      const changed = Object.fromEntries(fields.map((field) => [field, patch[field]]));
      const change = { ...changed, changedAt: this.clock.now(), revision: revision + 1 };
      // The revision is compared again by the database: two may have read the same one.
      const { affected } = await tx.update(TouchpointEntity, { id, brandId, revision }, change);
      if (affected !== 1) throw changedMeanwhile('touchpoint', revision + 1);
      const after = tx.create(TouchpointEntity, { ...before, ...change });
      await this.publish(tx, after);
      await this.audit.record(tx, {
        actorId,
        action: 'touchpoint.changed',
        entityType: 'touchpoint',
        entityId: id,
        brandId,
        before: Object.fromEntries(fields.map((field) => [field, before[field]])),
        after: changed,
      });
      return after;
    });
  }

  private publish(tx: Tx, { brandId, code, name, domain, priority, revision }: TouchpointEntity): Promise<void> {
    return this.outbox.add(tx, touchpointChanged, [{ brandId, code, name, domain, priority, revision }]);
  }
}
