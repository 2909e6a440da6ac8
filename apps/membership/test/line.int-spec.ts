import { Module } from '@nestjs/common';
import { brandChanged, intakeSealed, orderPaid, orderRefunded } from '@concentric/contracts';
import { createService, Database, InProcessBroker, Outbox, SimulatedClock, type ServiceDefinition } from '@concentric/service-kit';
import { eventually, freshSchema, type TestDatabase } from '@concentric/testing';
import { definition } from '../src/index';
import { brandId, day, order, refund } from './membership.fixture';

@Module({})
class NoFeature {}

/** Stands in for commerce: it has an outbox and nothing else. */
const commerce: ServiceDefinition = { name: 'commerce', module: NoFeature, entities: [], migrations: [] };

const sqlite: TestDatabase = { name: 'sqlite', dialect: 'sqlite' };

describe('membership behind an outbox', () => {
  it('takes in what arrives before its brand, refunds before orders and seals before both; its day ends by the clock', async () => {
    const broker = new InProcessBroker();
    const clock = new SimulatedClock();
    clock.set(day(10));
    const schemas = await Promise.all([freshSchema(sqlite, 'commerce'), freshSchema(sqlite, 'membership')]);
    const retryPolicy = { waitsMs: Array<number>(50).fill(20), outageMs: 20 };
    const services = [
      await createService(definition, { config: schemas[1].config, broker, clock, retryPolicy }),
      await createService(commerce, { config: schemas[0].config, broker, clock, retryPolicy }),
    ];
    const [membership, source] = services;
    try {
      const outbox = source?.app.get(Outbox, { strict: false });
      const publish = (work: (...args: Parameters<Parameters<Database['transaction']>[0]>) => Promise<void>) =>
        source?.app.get(Database, { strict: false }).transaction(work);
      const bought = order('a', day(1), 600, [{ type: 'phone', index: 'ab'.repeat(32), sealed: 'sealed' }]);
      const sealed = {
        brandId,
        channel: 'till',
        businessDate: bought.businessDate,
        revision: 1,
        orders: 1,
        refunds: 0,
        paidMinor: 60_000,
        refundedMinor: 0,
      };
      await publish(async (tx) => outbox?.add(tx, intakeSealed, [sealed]));
      await publish(async (tx) => outbox?.add(tx, orderRefunded, [refund('r', bought, day(2), 50)]));
      await publish(async (tx) => outbox?.add(tx, orderPaid, [bought]));
      await publish(async (tx) =>
        outbox?.add(tx, brandChanged, [
          {
            brandId,
            code: 'test',
            name: 'Test',
            zone: 'Asia/Shanghai',
            currency: 'CNY',
            channels: [{ code: 'till', domain: 'offline', name: 'Till' }],
          },
        ]),
      );
      const database = membership?.app.get(Database, { strict: false });
      const stored = await eventually('order, refund and seal are taken in', async () => {
        const rows: { refunded_minor: unknown; passed_revision: unknown }[] | undefined = await database?.read((tx) =>
          tx.query(
            'SELECT p.refunded_minor, c.passed_revision FROM purchase p JOIN intake_count c ON c.business_date = p.business_date AND c.channel = p.channel',
          ),
        );
        return rows?.[0] && Number(rows[0].refunded_minor) > 0 && Number(rows[0].passed_revision) > 0 ? rows : undefined;
      });
      expect(stored.map((row) => [Number(row.refunded_minor), Number(row.passed_revision)])).toEqual([[5_000, 1]]);
      clock.set(day(372));
      const reasons = await eventually(
        'the tier is reviewed on its anniversary',
        async () => {
          const rows: { reason: string }[] | undefined = await database?.read((tx) =>
            tx.query('SELECT reason FROM tier_history ORDER BY seq'),
          );
          return rows?.length === 2 ? rows : undefined;
        },
        60_000,
      );
      expect(reasons.map(({ reason }) => reason)).toEqual(['registered', 'anniversary']);
    } finally {
      for (const service of services) await service.close();
      broker.close();
      for (const schema of schemas) await schema.drop();
    }
  });
});
