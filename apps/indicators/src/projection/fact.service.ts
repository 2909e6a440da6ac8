import { Injectable } from '@nestjs/common';
import type { DataOf, expenseRecorded, memberRegistered, tierChanged, touchpointChanged } from '@concentric/contracts';
import { idIn, insertRows, rowLock, selectIn, int, type Tx } from '@concentric/service-kit';
import { RollupRepository } from './rollup.repository';
import { EXPENSE_DAILY, MEMBER_DAILY, Rollup, TIER_DAILY } from './rollup.rules';

/** Daily facts that later indicators will be computed from. */
@Injectable()
export class FactService {
  constructor(private readonly rollups: RollupRepository) {}

  async countExpenses(tx: Tx, events: readonly DataOf<typeof expenseRecorded>[]): Promise<void> {
    const rollup = new Rollup(EXPENSE_DAILY);
    for (const e of events) {
      const key = [e.brandId, e.businessDate, e.class, e.purpose, e.channel ?? '', e.touchpoint ?? '', e.currency];
      rollup.add(key, [], { entries: 1, amount_minor: e.amountMinor });
    }
    await this.rollups.add(tx, rollup);
  }

  async countMembers(tx: Tx, events: readonly DataOf<typeof memberRegistered>[]): Promise<void> {
    const rollup = new Rollup(MEMBER_DAILY);
    for (const { brandId, businessDate, joinChannel } of events) rollup.add([brandId, businessDate, joinChannel], [], { registered: 1 });
    await this.rollups.add(tx, rollup);
  }

  async countTiers(tx: Tx, events: readonly DataOf<typeof tierChanged>[]): Promise<void> {
    const rollup = new Rollup(TIER_DAILY);
    for (const { brandId, businessDate, from, to, reason } of events)
      rollup.add([brandId, businessDate, from ?? '', to, reason], [], { changes: 1 });
    await this.rollups.add(tx, rollup);
  }

  /** Keeps the newest revision of each touchpoint, in whatever order they arrive. */
  async keepTouchpoints(tx: Tx, events: readonly DataOf<typeof touchpointChanged>[]): Promise<void> {
    const newest = new Map<string, (typeof events)[number]>();
    for (const event of events) {
      const key = `${event.brandId}/${event.code}`;
      if (event.revision > (newest.get(key)?.revision ?? 0)) newest.set(key, event);
    }
    const stored = await selectIn<{ brand_id: Uint8Array; code: string; revision: unknown }>(
      tx,
      `SELECT brand_id, code, revision FROM touchpoint WHERE code IN (?in)${rowLock(tx, 'update')}`,
      [...new Set([...newest.values()].map(({ code }) => code))].sort(),
    );
    const revisions = new Map(stored.map((row) => [`${Buffer.from(row.brand_id).toString('hex')}/${row.code}`, int(row.revision)]));
    const rows = [...newest.values()]
      .filter((event) => event.revision > (revisions.get(`${idIn(event.brandId).toString('hex')}/${event.code}`) ?? 0))
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .map((event) => [idIn(event.brandId), event.code, event.name, event.domain, event.priority, event.revision]);
    const set = ['name', 'domain', 'priority', 'revision'];
    await insertRows(tx, 'touchpoint', ['brand_id', 'code', ...set], rows, { key: ['brand_id', 'code'], set });
  }
}
