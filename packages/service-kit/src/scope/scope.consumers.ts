import { bindingChanged, type DataOf, type Event, networkChanged, type ServiceName } from '@concentric/contracts';
import { Controller, type Type } from '@nestjs/common';
import type { Tx } from '../database/database';
import { idIn, idOut } from '../database/ids';
import { int } from '../database/int';
import { insertRows, rowLock, selectIn } from '../database/rows';
import { Consumer } from '../events/consumer.decorator';

/** Which of the two projections a service keeps. */
export interface ScopeRequest {
  readonly network?: boolean;
  readonly bindings?: boolean;
}

/** The consumers of a service's row filters. */
export function scopeConsumers(service: ServiceName, scope: ScopeRequest): Type<unknown>[] {
  return [...(scope.network ? [networkConsumer(service)] : []), ...(scope.bindings ? [bindingConsumer(service)] : [])];
}

function networkConsumer(service: ServiceName): Type<unknown> {
  @Controller()
  class NetworkConsumer {
    @Consumer(`${service}-filters-rows-when-network-changed`, [networkChanged])
    async project(events: Event<DataOf<typeof networkChanged>>[], tx: Tx): Promise<void> {
      const newest = await newer(
        tx,
        'network_partner',
        'partner_id',
        events.map(({ data }) => ({ id: data.partnerId, data })),
      );
      if (newest.length === 0) return;
      const partners = newest.map(({ brandId, partnerId, code, partnerType, name, revision }) => [
        idIn(brandId),
        idIn(partnerId),
        code,
        partnerType,
        name,
        revision,
      ]);
      const set = ['code', 'type', 'name', 'revision'];
      await insertRows(tx, 'network_partner', ['brand_id', 'partner_id', ...set], partners, { key: ['partner_id'], set });
      for (const { partnerId } of newest) await tx.query('DELETE FROM network_path WHERE partner_id = ?', [idIn(partnerId)]);
      const paths = newest.flatMap(({ brandId, partnerId, path, revision }) =>
        path.map((step) => {
          const until = step.validTo === null ? null : Date.parse(step.validTo);
          return [idIn(brandId), idIn(partnerId), idIn(step.ancestorId), step.depth, Date.parse(step.validFrom), until, revision];
        }),
      );
      await insertRows(tx, 'network_path', ['brand_id', 'partner_id', 'ancestor_id', 'depth', 'valid_from', 'valid_to', 'revision'], paths);
    }
  }
  return NetworkConsumer;
}

function bindingConsumer(service: ServiceName): Type<unknown> {
  @Controller()
  class BindingConsumer {
    @Consumer(`${service}-filters-rows-when-binding-changed`, [bindingChanged])
    async project(events: Event<DataOf<typeof bindingChanged>>[], tx: Tx): Promise<void> {
      const newest = await newer(
        tx,
        'customer_binding',
        'customer_id',
        events.map(({ data }) => ({ id: data.customerId, data })),
      );
      const rows = newest.map(({ brandId, customerId, partnerId, revision }) => [
        idIn(brandId),
        idIn(customerId),
        partnerId === null ? null : idIn(partnerId),
        revision,
      ]);
      const set = ['partner_id', 'revision'];
      await insertRows(tx, 'customer_binding', ['brand_id', 'customer_id', ...set], rows, { key: ['customer_id'], set });
    }
  }
  return BindingConsumer;
}

/** The newest of each id, sorted by it, without those that are no newer than what is stored. */
async function newer<T extends { revision: number }>(
  tx: Tx,
  table: string,
  key: string,
  items: readonly { id: string; data: T }[],
): Promise<T[]> {
  const best = new Map<string, T>();
  for (const { id, data } of items) if (data.revision > (best.get(id)?.revision ?? 0)) best.set(id, data);
  const stored = await selectIn<{ id: Uint8Array; revision: unknown }>(
    tx,
    `SELECT ${key} AS id, revision FROM ${table} WHERE ${key} IN (?in)${rowLock(tx, 'update')}`,
    [...best.keys()].sort().map(idIn),
  );
  for (const row of stored) {
    const id = idOut(row.id);
    if ((best.get(id)?.revision ?? 0) <= int(row.revision)) best.delete(id);
  }
  return [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, data]) => data);
}
