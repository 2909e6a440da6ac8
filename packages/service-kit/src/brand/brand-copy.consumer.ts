import { brandChanged, type DataOf, type Event, type ServiceName } from '@concentric/contracts';
import { Controller, type Type } from '@nestjs/common';
import type { Tx } from '../database/database';
import { Consumer } from '../events/consumer.decorator';
import { BrandDirectory } from './brand-directory';

/** The consumer that keeps a service's copy of the brands; commerce, which owns them, has none. */
export function brandCopyConsumer(service: ServiceName): Type<unknown> {
  @Controller()
  class BrandCopyConsumer {
    constructor(private readonly brands: BrandDirectory) {}

    @Consumer(`${service}-copies-brand-when-brand-changed`, [brandChanged])
    async copy(events: Event<DataOf<typeof brandChanged>>[], tx: Tx): Promise<void> {
      // In order of the change, and dated by it: every service then begins its daily work on the same date.
      const inOrder = [...events].sort((a, b) => (a.time < b.time ? -1 : 1));
      for (const { data, time } of inOrder) await this.brands.save(tx, data, Date.parse(time));
    }
  }
  return BrandCopyConsumer;
}
