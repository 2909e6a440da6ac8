import distribution from '@concentric/distribution';
import kit from '@concentric/service-kit';
import testing from '@concentric/testing';
import { join } from 'node:path';
import { attributed, partners, plan } from './facts.mjs';
import { mysqlConnection, sqliteConnection } from './raw.mjs';

const { createService, Database, InProcessBroker, MessageFlow, newId, SimulatedClock, namedId, SystemClock } = kit;
const { freshSchema, TestOperators } = testing;

export const DATE = '2026-03-15';
/** Morning of that date in the brand's zone. */
export const MORNING = Date.parse(`${DATE}T00:00:00.000Z`);
const BATCH = 500;
const PERMISSIONS = [
  'partner.write',
  'settings.write',
  'plan.write',
  'plan.activate',
  'period.start',
  'period.close',
  'control.run',
  'statement.read',
  'statement.submit',
  'statement.approve',
  'commission.read',
].map((name) => `distribution.${name}`);

/** Distribution alone, fed with the messages that membership would send it. */
export class Books {
  brandId = namedId('load/brand');
  sent = {};

  /** New books, or those of a schema that an earlier run has filled. */
  static async open(database, schema) {
    process.env['RATE_LIMIT_PER_MINUTE'] = '1000000';
    const books = new Books();
    books.schema = schema ?? (await freshSchema(database, 'distribution'));
    books.operators = await TestOperators.create();
    books.clock = new SimulatedClock();
    books.clock.set(MORNING);
    books.broker = new InProcessBroker();
    books.acceptWhatIsPublished();
    const { amqpUrl: _, redisUrl: __, ...config } = books.schema.config;
    books.connect = async () =>
      database.adminUrl === undefined
        ? sqliteConnection(join(config.dataFolder, 'distribution.sqlite'))
        : mysqlConnection(database.adminUrl, books.schema.grantsTo);
    books.service = await createService(distribution.definition, {
      config: { ...config, keySetUrl: books.operators.keySetUrl },
      clock: books.clock,
      broker: books.broker,
    });
    books.database = books.service.app.get(Database, { strict: false });
    books.flow = books.service.app.get(MessageFlow, { strict: false });
    await books.service.app.listen(0, '127.0.0.1');
    books.url = await books.service.app.getUrl();
    if (schema === undefined) await books.found();
    return books;
  }

  /** Indicators and the filters of other services, which settle everything at once. */
  acceptWhatIsPublished() {
    const names = ['commission-accrued', 'commission-matured', 'commission-reversed', 'network-changed', 'binding-changed'];
    const definitions = new Map(names.map((name) => [`distribution.${name}.v1`, undefined]));
    const queue = { push: (_, settle) => settle({ done: true }), stop: async () => undefined };
    this.broker.register({ name: 'whoever-listens', definitions }, queue);
  }

  async found() {
    const channels = [{ code: 'till', domain: 'offline', name: 'Till' }];
    await this.publish('commerce.brand-changed.v1', [
      { brandId: this.brandId, code: 'load', name: 'Load', zone: 'UTC', currency: 'CNY', channels },
    ]);
    const settings = {
      bindingMode: 'first',
      protectionDays: null,
      bindTo: ['guide'],
      holdingDays: 0,
      holdingDaysByChannel: {},
      minimumPayoutMinor: 0,
      autoClose: false,
      bindingDelaySeconds: 0,
      revision: 0,
    };
    await this.call('PUT', '/settings', settings);
    const all = partners();
    for (let from = 0; from < all.length; from += BATCH)
      await this.call('POST', '/partners/batch', { items: all.slice(from, from + BATCH) });
    const { planVersionId } = await this.call('POST', '/plans', plan);
    await this.call('POST', `/plans/${planVersionId}/activate`, {}, 'somebody else');
    await this.quiet();
  }

  async call(method, path, body, who = 'somebody') {
    const token = await this.operators.token({ sub: namedId(who), permissions: PERMISSIONS });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': newId(new SystemClock()),
    };
    const response = await fetch(`${this.url}/api/distribution/brands/${this.brandId}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  async publish(type, facts) {
    const time = this.clock.iso();
    const events = facts.map((data) => ({
      specversion: '1.0',
      id: newId(this.clock),
      source: '/load',
      type,
      time,
      datacontenttype: 'application/json',
      data,
    }));
    this.sent[type] = (this.sent[type] ?? 0) + 1;
    await this.broker.publish({ id: newId(this.clock), type, body: JSON.stringify(events), events: events.length });
  }

  /** Messages of 500 orders of one date, ready to be sent: from the `first` order on. */
  prepare(orders, first = 0, date = DATE) {
    const morning = Date.parse(`${date}T00:00:00.000Z`);
    return Array.from({ length: Math.ceil(orders / BATCH) }, (_, batch) =>
      Array.from({ length: Math.min(BATCH, orders - batch * BATCH) }, (_, at) => {
        const n = first + batch * BATCH + at;
        return attributed(this.brandId, n, morning + n, date);
      }),
    );
  }

  /** Closes a period of which nothing was sealed, by two people. */
  async closePeriod(period) {
    await this.call('POST', `/periods/${period}/start-close`, { override: 'nothing was sealed' });
    await this.call('POST', `/periods/${period}/close`, {}, 'somebody else');
  }

  /** Hands over all orders and waits until each is booked and published. */
  async take(batches) {
    await Promise.all(batches.map((facts) => this.publish('membership.purchase-attributed.v1', facts)));
    await this.quiet();
  }

  async quiet() {
    for (;;) {
      const seen = await this.flow.whenQuiet(this.sent, 10_000);
      if (seen.deadLetters > 0) throw new Error('an event could not be handled');
      if (seen.unrelayed === 0 && Object.values(seen.pendingWork).every((count) => count === 0)) return;
    }
  }

  rows(sql, parameters = []) {
    return this.database.read((tx) => tx.query(sql, parameters));
  }

  async count(table) {
    const [row] = await this.rows(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row.n);
  }

  async close() {
    await this.service.close();
    await this.schema.drop?.();
  }
}
