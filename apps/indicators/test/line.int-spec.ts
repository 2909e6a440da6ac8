import { Module } from '@nestjs/common';
import {
  brandChanged,
  commissionAccrued,
  commissionAdjusted,
  commissionMatured,
  commissionReversed,
  expenseRecorded,
  memberRegistered,
  networkChanged,
  orderPaid,
  orderRefunded,
  tierChanged,
  touchpointChanged,
  type EventDefinition,
  type ServiceName,
} from '@concentric/contracts';
import { createService, Database, InProcessBroker, Outbox, SimulatedClock, type RunningService } from '@concentric/service-kit';
import { eventually, freshSchema, type TestDatabase } from '@concentric/testing';
import { definition } from '../src/index';
import { accrued, brand, brandId, matured, order, partnerIdOf, refund, reversed } from './indicators.fixture';

@Module({})
class NoFeature {}

const sqlite: TestDatabase = { name: 'sqlite', dialect: 'sqlite' };
const instant = '2026-01-05T00:00:00.000Z';
const bought = order('a', '2026-01-05', [['s1', 100]]);
const returned = refund('r', bought, '2026-01-06', [[1, 20]]);
const customer = { brandId, customerId: partnerIdOf('c'), occurredAt: instant, businessDate: '2026-01-05' };

type Fact = readonly [EventDefinition<never>, object];
const fact = <T extends object>(event: EventDefinition<T>, data: T): Fact => [event as unknown as EventDefinition<never>, data];

/** What each of its neighbours would publish, with the news of the brand at the very end. */
const facts: Partial<Record<ServiceName, Fact[]>> = {
  distribution: [
    fact(networkChanged, {
      brandId,
      partnerId: partnerIdOf('s1'),
      code: 's1',
      partnerType: 'store',
      name: 'S1',
      revision: 1,
      path: [{ ancestorId: partnerIdOf('s1'), depth: 0, validFrom: '2025-01-01T00:00:00.000Z', validTo: null }],
    }),
    fact(commissionReversed, reversed(bought, returned, true)),
    fact(commissionMatured, matured(bought, 's1', 500)),
    fact(commissionAccrued, accrued(bought)),
    fact(commissionAdjusted, {
      brandId,
      adjustmentId: partnerIdOf('adjustment'),
      partnerId: partnerIdOf('s1'),
      originPeriod: '2026-01',
      currency: 'CNY',
      amountMinor: 50,
    }),
  ],
  membership: [
    fact(memberRegistered, { ...customer, joinChannel: 'purchase' }),
    fact(tierChanged, { ...customer, from: null, to: 'T0', reason: 'registered', growthValue: 0 }),
  ],
  'content-planning': [fact(touchpointChanged, { brandId, code: 'live', name: 'Live', domain: 'private', priority: 1, revision: 1 })],
  commerce: [
    fact(expenseRecorded, {
      brandId,
      expenseId: partnerIdOf('e'),
      class: 'content',
      purpose: 'nurture',
      channel: null,
      touchpoint: null,
      occurredAt: instant,
      businessDate: '2026-01-05',
      period: '2026-01',
      currency: 'CNY',
      amountMinor: 700,
    }),
    fact(orderRefunded, returned),
    fact(orderPaid, bought),
    fact(brandChanged, { ...brand, channels: [...brand.channels] }),
  ],
};

describe('indicators behind the outboxes of others', () => {
  it('consumes every event it says it does, in the worst order', async () => {
    const broker = new InProcessBroker();
    const clock = new SimulatedClock();
    const retryPolicy = { waitsMs: Array<number>(50).fill(20), outageMs: 20 };
    const closing: (() => Promise<void>)[] = [];
    const start = async (
      name: ServiceName,
      service = { name, module: NoFeature, entities: [], migrations: [] } as typeof definition,
    ): Promise<RunningService> => {
      const schema = await freshSchema(sqlite, name);
      const running = await createService(service, { config: schema.config, broker, clock, retryPolicy });
      closing.unshift(() => running.close().then(() => schema.drop()));
      return running;
    };
    try {
      const indicators = await start('indicators', definition);
      for (const [name, list] of Object.entries(facts)) {
        const source = await start(name as ServiceName);
        const outbox = source.app.get(Outbox, { strict: false });
        for (const [event, data] of list)
          await source.app.get(Database, { strict: false }).transaction((tx) => outbox.add(tx, event, [data as never]));
      }
      const database = indicators.app.get(Database, { strict: false });
      await eventually('everything is handled', async () => {
        const { handled, deadLetters } = await indicators.flow.snapshot();
        expect(deadLetters).toBe(0);
        const waiting = Object.entries(handled).filter(([, { messages }]) => messages < 1);
        if (waiting.length > 0) throw new Error(`waiting for ${waiting.map(([name]) => name).join(', ')}`);
        return true;
      });
      const [rate]: { matured: unknown; base: unknown }[] = await database.read((tx) =>
        tx.query(
          'SELECT matured_minor - matured_reversed_minor AS matured, (SELECT SUM(commissionable_minor - commissionable_refunded_minor) FROM sales_daily) AS base FROM commission_daily',
        ),
      );
      expect([Number(rate?.matured), Number(rate?.base)]).toEqual([400, 8_000]);
    } finally {
      for (const close of closing) await close();
      broker.close();
    }
  });
});
