import { setTimeout as wait } from 'node:timers/promises';
import { mkdir } from 'node:fs/promises';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { SimulatedClock, SystemClock } from '../clock/clock';
import { createDataSource } from '../database/data-source';
import { migrate } from '../database/migrate';
import { ConsumerInboxes } from '../events/consumer-inboxes';
import { ConsumerStrategy } from '../events/consumer-strategy';
import { DeadLetters } from '../events/dead-letters';
import { MessageFlow } from '../events/message-flow';
import { Messaging } from '../events/messaging';
import { HttpModule } from '../http/http.module';
import { prepareHttp } from '../http/prepare-http';
import { DailyScheduler } from '../jobs/daily-scheduler';
import { JobWorker } from '../jobs/job-worker';
import { Readiness } from '../observability/readiness';
import { ServiceLogger } from '../observability/service-logger';
import { KitModule } from './kit.module';
import type { RunningService, ServiceDefinition, ServiceOptions } from './service-definition';

/**
 * Starts a service without listening: database opened and, where this process may, migrated; consumers, relay
 * and jobs at work. Its HTTP handler is `app.getHttpAdapter().getInstance()`.
 */
export async function createService(definition: ServiceDefinition, options: ServiceOptions): Promise<RunningService> {
  const { config } = options;
  const source = await openDatabase(definition, options);
  try {
    const clock = options.clock ?? (config.clock === 'simulated' ? new SimulatedClock() : new SystemClock());
    const root = rootModule();
    const app = await NestFactory.create<NestExpressApplication>(
      { module: root, imports: [KitModule.of(definition, options, source, clock), HttpModule, definition.module] },
      { bodyParser: false, logger: new ServiceLogger(config), abortOnError: false },
    );
    prepareHttp(app, config);
    const strategy = new ConsumerStrategy();
    app.connectMicroservice({ strategy }, { inheritAppConfig: false });
    await app.startAllMicroservices();
    await app.init();
    app.get(ConsumerInboxes).bind(strategy);
    if (!options.idle) {
      await app.get(Messaging).start();
      options.broker?.join(definition.name);
      app.get(JobWorker).start();
      app.get(DailyScheduler).start();
    }
    let closed: Promise<void> | undefined;
    return {
      name: definition.name,
      app,
      flow: app.get(MessageFlow),
      deadLetters: app.get(DeadLetters),
      close: () => (closed ??= close(app, source, config.shutdownDelayMs)),
    };
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** Opens the database of a service as its own user, after its owner has brought the schema up to date where that is our task. */
async function openDatabase({ name: service, entities, migrations }: ServiceDefinition, { config }: ServiceOptions): Promise<DataSource> {
  const request = { service, config, entities, migrations };
  if (config.databaseUrl === undefined) {
    await mkdir(config.dataFolder, { recursive: true });
    const source = await createDataSource(request);
    await migrate(source).catch(async (error: unknown) => {
      await source.destroy();
      throw error;
    });
    return source;
  }
  if (config.migrationDatabaseUrl !== undefined) await migrateAsOwner(request, new URL(config.databaseUrl).username);
  return createDataSource(request);
}

async function migrateAsOwner(request: Parameters<typeof createDataSource>[0], user: string): Promise<void> {
  const owner = await createDataSource({ ...request, as: 'owner' });
  try {
    await migrate(owner, decodeURIComponent(user));
  } finally {
    await owner.destroy();
  }
}

/** A class of its own per application, so that services of one process share nothing by accident. */
function rootModule(): Type<unknown> {
  @Module({})
  class ServiceRoot {}
  return ServiceRoot;
}

async function close(app: NestExpressApplication, source: DataSource, delayMs: number): Promise<void> {
  app.get(Readiness).drain();
  if (delayMs > 0) await wait(delayMs);
  const messaging = app.get(Messaging);
  await messaging.stopConsuming();
  await Promise.all([app.get(DailyScheduler).stop(), app.get(JobWorker).stop()]);
  await app.close();
  await messaging.finish();
  await source.destroy();
}
