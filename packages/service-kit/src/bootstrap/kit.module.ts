import { type DynamicModule, type FactoryProvider, Logger, Module, type Provider, type Type } from '@nestjs/common';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { DiscoveryModule } from '@nestjs/core';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { BrandDirectory } from '../brand/brand-directory';
import { brandCopyConsumer } from '../brand/brand-copy.consumer';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { CommitSignal } from '../events/commit-signal';
import { ConsumerInboxes } from '../events/consumer-inboxes';
import { DeadLetters } from '../events/dead-letters';
import { DeadLettersController } from '../events/dead-letters.controller';
import { EVENT_TRANSPORT } from '../events/event-transport';
import { InProcessBroker, InProcessTransport } from '../events/in-process.transport';
import { MessageFlow } from '../events/message-flow';
import { MessageFlowController } from '../events/message-flow.controller';
import { MessageMetrics } from '../events/message-metrics';
import { Messaging } from '../events/messaging';
import { Outbox } from '../events/outbox';
import { RabbitMqTransport } from '../events/rabbitmq.transport';
import { defaultRetryPolicy, RETRY_POLICY } from '../events/retry-policy';
import { BullDispatcher, JOB_QUEUE } from '../jobs/bull-dispatcher';
import { ClockController } from '../jobs/clock.controller';
import { DailyRuns } from '../jobs/daily-runs';
import { DailyScheduler } from '../jobs/daily-scheduler';
import { JOB_DISPATCHER, TableDispatcher } from '../jobs/job-dispatcher';
import { JobMethods } from '../jobs/job-methods';
import { defaultJobPolicy, JOB_POLICY } from '../jobs/job-policy';
import { JobStore } from '../jobs/job-store';
import { JobWorker } from '../jobs/job-worker';
import { Jobs } from '../jobs/jobs';
import { scopeConsumers } from '../scope/scope.consumers';
import type { ServiceDefinition, ServiceOptions } from './service-definition';
import { SERVICE_CONFIG } from '../config/service-config.token';

/** What every service can inject without importing anything. */
const injectables: Type<unknown>[] = [
  CommitSignal,
  Outbox,
  ConsumerInboxes,
  MessageFlow,
  MessageMetrics,
  Messaging,
  DeadLetters,
  BrandDirectory,
  Jobs,
  JobStore,
  JobMethods,
  JobWorker,
  DailyRuns,
  DailyScheduler,
];

@Module({})
export class KitModule {
  static of(definition: ServiceDefinition, options: ServiceOptions, source: DataSource, clock: Clock): DynamicModule {
    const { config } = options;
    const shared: Provider[] = [
      { provide: SERVICE_CONFIG, useValue: config },
      { provide: Clock, useValue: clock },
      // Behind a factory: the framework would otherwise look into the data source for hooks of its own.
      { provide: Database, useFactory: () => new Database(source) },
      { provide: RETRY_POLICY, useValue: options.retryPolicy ?? defaultRetryPolicy },
      { provide: JOB_POLICY, useValue: options.jobPolicy ?? defaultJobPolicy },
      transport(options),
      dispatcher(config.redisUrl),
      ...injectables,
    ];
    const { redisUrl } = config;
    const bull =
      redisUrl === undefined
        ? []
        : [BullModule.registerQueue({ name: JOB_QUEUE, redis: redisUrl, prefix: `concentric:${definition.name}` })];
    return {
      module: KitModule,
      global: true,
      imports: [DiscoveryModule, ...bull],
      controllers: [
        DeadLettersController,
        MessageFlowController,
        ClockController,
        // Commerce owns the brands and writes its own copy.
        ...(definition.name === 'commerce' ? [] : [brandCopyConsumer(definition.name)]),
        ...scopeConsumers(definition.name, definition.scope ?? {}),
      ],
      providers: shared,
      exports: shared,
    };
  }
}

function transport({ config, broker, retryPolicy }: ServiceOptions): FactoryProvider {
  const { outageMs } = retryPolicy ?? defaultRetryPolicy;
  return {
    provide: EVENT_TRANSPORT,
    inject: [MessageMetrics],
    useFactory: (metrics: MessageMetrics) => {
      const onOutage = (consumer: string, error: unknown) => metrics.outage(consumer, error);
      if (config.mode === 'distributed' && config.amqpUrl !== undefined) return new RabbitMqTransport(config.amqpUrl, outageMs, onOutage);
      return new InProcessTransport(broker ?? new InProcessBroker(), outageMs, onOutage);
    },
  };
}

function dispatcher(redisUrl: string | undefined): FactoryProvider {
  const logger = new Logger('jobs');
  const onError = (error: unknown) => logger.warn({ msg: 'job dispatch', reason: error instanceof Error ? error.message : String(error) });
  if (redisUrl === undefined) return { provide: JOB_DISPATCHER, useFactory: () => new TableDispatcher(onError) };
  return { provide: JOB_DISPATCHER, inject: [getQueueToken(JOB_QUEUE)], useFactory: (queue: Queue) => new BullDispatcher(queue, onError) };
}
