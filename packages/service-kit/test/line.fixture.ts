import { randomUUID } from 'node:crypto';
import { defineEvent, type Event } from '@concentric/contracts';
import { freshSchema, serverUrls, type TestDatabase, type TestSchema } from '@concentric/testing';
import { Controller, Injectable, Module, type Type } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import {
  Consumer,
  col,
  createService,
  createTable,
  Database,
  InProcessBroker,
  insertRows,
  Outbox,
  type RetryPolicy,
  type RunningService,
  type ServiceConfig,
  SimulatedClock,
  type Tx,
} from '../src';

export const thingHappened = defineEvent('commerce.thing-happened.v1', z.object({ n: z.number().int() }));
export const otherHappened = defineEvent('commerce.other-happened.v1', z.object({ n: z.number().int() }));
export type Thing = Event<{ n: number }>;
export type Behaviour = (events: Thing[], tx: Tx) => Promise<void> | void;

/** What the two consumers do before they note what they have seen; a test replaces it. */
export const behaviour: { counts: Behaviour; mirrors: Behaviour } = { counts: () => undefined, mirrors: () => undefined };

/** No key: an effect that happens twice must show. */
class SeenTable1700000001000 implements MigrationInterface {
  name = 'SeenTable1700000001000';
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'seen',
      columns: [col.key('id', 36), col.key('consumer', 60), col.bigint('n'), col.int('batch')],
      primary: ['id'],
    });
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('seen');
  }
}

async function note(consumer: string, events: Thing[], tx: Tx): Promise<void> {
  await insertRows(
    tx,
    'seen',
    ['id', 'consumer', 'n', 'batch'],
    events.map(({ data }) => [randomUUID(), consumer, data.n, events.length]),
  );
}

/** One consumer on a controller, as features declare them, and one on a provider. */
@Controller()
class CountsConsumer {
  @Consumer('counts-when-thing-happened', [thingHappened])
  async count(events: Thing[], tx: Tx): Promise<void> {
    await behaviour.counts(events, tx);
    await note('counts', events, tx);
  }
}
@Injectable()
class MirrorsConsumer {
  @Consumer('mirrors-when-thing-happened', [thingHappened])
  async mirror(events: Thing[], tx: Tx): Promise<void> {
    await note('mirrors', events, tx);
    await behaviour.mirrors(events, tx);
  }
}
@Controller()
class LateConsumer {
  @Consumer('follows-when-other-happened', [otherHappened])
  async follow(events: Thing[], tx: Tx): Promise<void> {
    await note('follows', events, tx);
  }
}

@Module({})
class ProducerModule {}
@Module({ controllers: [CountsConsumer], providers: [MirrorsConsumer] })
class ConsumerModule {}
@Module({ controllers: [LateConsumer] })
class LateModule {}

/** Impatient, so that a spec sees all attempts within a second. */
export const retryPolicy: RetryPolicy = { waitsMs: [20, 60, 120], outageMs: 40 };

export type TransportName = 'in-process' | 'rabbitmq';

/** In-process delivery on every database; RabbitMQ on the server database, the only one it is ever used with. */
export function lines(databases: readonly TestDatabase[]): { name: string; db: TestDatabase; transport: TransportName }[] {
  const transportsOf = (db: TestDatabase): TransportName[] =>
    serverUrls.amqp === undefined || db.dialect === 'sqlite' ? ['in-process'] : ['in-process', 'rabbitmq'];
  return databases.flatMap((db) => transportsOf(db).map((transport) => ({ name: `${transport} on ${db.name}`, db, transport })));
}

/** A producer and a consumer service with a transport between them. */
export class Line {
  private readonly namespace = `t${randomUUID().slice(0, 8)}`;
  private readonly broker = new InProcessBroker();
  private readonly schemas: TestSchema[] = [];
  readonly clock = new SimulatedClock();
  producer: RunningService;
  consumer: RunningService;
  late: RunningService | undefined;

  private constructor(
    private readonly db: TestDatabase,
    private readonly transport: TransportName,
  ) {}

  static async start(db: TestDatabase, transport: TransportName): Promise<Line> {
    const line = new Line(db, transport);
    await line.schema('membership');
    await line.schema('commerce');
    await line.startConsumer();
    await line.startProducer();
    return line;
  }

  async startConsumer(): Promise<void> {
    this.consumer = await this.service(this.config(0), ConsumerModule, [SeenTable1700000001000]);
  }

  async startProducer(): Promise<void> {
    this.producer = await this.service(this.config(1), ProducerModule, []);
  }

  async startLate(): Promise<void> {
    await this.schema('distribution');
    this.late = await this.service(this.config(2), LateModule, [SeenTable1700000001000]);
  }

  /** Publishes facts `from` to `from + count - 1` in one transaction of the producer. */
  async publish(count: number, from = 0, event: typeof thingHappened = thingHappened): Promise<void> {
    const facts = Array.from({ length: count }, (_, at) => ({ n: from + at }));
    await this.database(this.producer).transaction((tx) => this.producer.app.get(Outbox).add(tx, event, facts));
  }

  /** What a consumer's effects amount to, in the order in which they were written where `ordered`. */
  async seen(consumer: string, service: RunningService = this.consumer): Promise<number[]> {
    const rows = await this.database(service).read((tx) =>
      tx.query<{ n: unknown }[]>('SELECT n FROM seen WHERE consumer = ? ORDER BY n', [consumer]),
    );
    return rows.map(({ n }) => Number(n));
  }

  async rows<R>(service: RunningService, sql: string, params: unknown[] = []): Promise<R[]> {
    return this.database(service).transaction((tx) => tx.query<R[]>(sql, params));
  }

  database(service: RunningService): Database {
    return service.app.get(Database);
  }

  /** Whether everything published has been handled and nothing is on its way. */
  async quiet(): Promise<boolean> {
    const [sent, got] = [await this.producer.flow.snapshot(), await this.consumer.flow.snapshot()];
    const expected = sent.published[thingHappened.type] ?? 0;
    const handled = ['counts-when-thing-happened', 'mirrors-when-thing-happened'].every((name) => got.handled[name]?.messages === expected);
    return sent.unrelayed === 0 && handled;
  }

  async close(): Promise<void> {
    behaviour.counts = () => undefined;
    behaviour.mirrors = () => undefined;
    for (const service of [this.producer, this.consumer, this.late]) await service?.close();
    for (const schema of this.schemas) await schema.drop();
  }

  private async schema(service: 'commerce' | 'membership' | 'distribution'): Promise<void> {
    this.schemas.push(await freshSchema(this.db, service));
  }

  private config(at: number): ServiceConfig {
    const { config } = this.schemas[at] as TestSchema;
    const { amqpUrl: _amqp, redisUrl: _redis, ...rest } = config;
    if (this.transport === 'in-process') return rest;
    return { ...rest, mode: 'distributed', amqpUrl: `${serverUrls.amqp}?namespace=${this.namespace}` };
  }

  private service(config: ServiceConfig, module: Type<unknown>, migrations: Function[]): Promise<RunningService> {
    return createService(
      { name: config.service, module, entities: [], migrations },
      { config, broker: this.broker, clock: this.clock, retryPolicy },
    );
  }
}
