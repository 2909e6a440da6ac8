import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AdvanceBrandsJob, ArrivalSignal, definition } from '@concentric/distribution';
import { createService, Database, MessageFlow, namedId, newId, SimulatedClock, type RunningService } from '@concentric/service-kit';
import { eventually, freshSchema, TestOperators, type TestDatabase, type TestSchema } from '@concentric/testing';

const PERMISSIONS = [
  'partner.write',
  'partner.block',
  'line.hold',
  'held.write',
  'held.propose',
  'held.approve',
  'plan.write',
  'plan.activate',
  'settings.write',
  'ledger.read',
  'period.start',
  'period.close',
  'finding.read',
  'finding.accept',
  'statement.read',
  'statement.submit',
  'statement.approve',
  'statement.confirm',
  'statement.dispute',
  'statement.void',
  'dispute.propose',
  'dispute.approve',
  'adjustment.propose',
  'adjustment.approve',
  'withholding.propose',
  'withholding.approve',
  'payee.propose',
  'payee.approve',
  'recalculation.read',
  'recalculation.propose',
  'recalculation.approve',
  'payout.read',
  'payout.prepare',
  'payout.approve',
  'payout.release',
  'bank.read',
  'bank.import',
  'bank.confirm',
];

type Row = Record<string, unknown>;
/** The real service on a real database, told about the world by its consumers and its API. */
export class Product {
  private constructor(
    private readonly schema: TestSchema,
    private readonly operators: TestOperators,
    private readonly clock: SimulatedClock,
    private readonly replicas: readonly { service: RunningService; origin: string }[],
    private readonly tokens = new Map<string, Promise<string>>(),
  ) {}

  /** @param now epoch ms at which its clock starts; it is only ever moved on. @param replicas services that share the database */
  static async start(db: TestDatabase, now: number, replicas = 1): Promise<Product> {
    const schema = await freshSchema(db, 'distribution');
    const operators = await TestOperators.create();
    const clock = new SimulatedClock();
    clock.set(now);
    const running: { service: RunningService; origin: string }[] = [];
    while (running.length < replicas) {
      const service = await createService(definition, { config: { ...schema.config, keySetUrl: operators.keySetUrl }, clock, idle: true });
      const server = (await service.app.listen(0, '127.0.0.1')) as Server;
      running.push({ service, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    }
    return new Product(schema, operators, clock, running);
  }

  async stop(): Promise<void> {
    for (const { service } of this.replicas) await service.close();
    await this.schema.drop();
  }

  get now(): number {
    return this.clock.now();
  }

  passTo(now: number): void {
    if (now > this.clock.now()) this.clock.set(now);
  }

  /** @param replica which of them is asked, counted round */
  get<T>(type: abstract new (...args: never[]) => T, replica = 0): T {
    return this.replicas[replica % this.replicas.length]!.service.app.get(type, { strict: false });
  }

  rows<T = Row>(sql: string, ...params: unknown[]): Promise<T[]> {
    return this.get(Database).read((tx) => tx.query(sql, params));
  }

  /** Hands events to a consumer, in one transaction as the bus would. */
  async deliver<T>(
    consumer: abstract new (...args: never[]) => { handle(events: never[], tx: never): Promise<void> },
    data: readonly T[],
    replica = 0,
  ): Promise<void> {
    const events = data.map((one) => ({
      specversion: '1.0',
      id: newId(this.clock),
      source: '/model',
      type: 'model',
      time: this.clock.iso(),
      datacontenttype: 'application/json',
      data: one,
    }));
    await this.get(Database, replica).transaction((tx) => this.get(consumer, replica).handle(events as never[], tx as never));
  }

  /** Nothing goes on in the background from here on: brands are settled when asked to, and only they. */
  async standStill(): Promise<void> {
    for (const { service } of this.replicas) await service.app.get(AdvanceBrandsJob, { strict: false }).onApplicationShutdown();
  }

  /** By the loop in the background. */
  settled(): Promise<unknown> {
    // Polling would find the work as well, a quarter of a second later.
    this.get(ArrivalSignal).ring();
    return eventually(
      'everything is decided and settled',
      async () => (await this.get(MessageFlow).snapshot()).pendingWork['decisions'] === 0,
      60_000,
    );
  }

  /** @param who a person of the brand, or a partner by its id. @param body a text is sent as CSV */
  async call(method: string, path: string, who: string | { partnerId: string }, body?: unknown, replica = 0): Promise<Response> {
    const token = await this.token(who);
    const text =
      typeof body === 'string' ? body : JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    return fetch(`${this.replicas[replica % this.replicas.length]!.origin}/api/distribution${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': typeof body === 'string' ? 'text/csv' : 'application/json',
        'idempotency-key': newId(this.clock),
      },
      ...(body === undefined ? {} : { body: text }),
    });
  }

  private token(who: string | { partnerId: string }): Promise<string> {
    const key = typeof who === 'string' ? who : who.partnerId;
    const known = this.tokens.get(key);
    if (known) return known;
    const permissions = PERMISSIONS.map((name) => `distribution.${name}`);
    const person = { sub: namedId(`operator/${key}`), name: key, permissions };
    const token = this.operators.token(typeof who === 'string' ? person : { ...person, scope: { kind: 'partner', ...who } });
    this.tokens.set(key, token);
    return token;
  }
}

export function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
