import { join } from 'node:path';
import { brandName, type BatchResult, type Event } from '@concentric/contracts';
import {
  createService,
  Database,
  InProcessBroker,
  namedId,
  SimulatedClock,
  type RunningService,
  type ServiceConfig,
} from '@concentric/service-kit';
import { eventually, freshSchema, TestOperators, type TestDatabase, type TestSchema } from '@concentric/testing';
import { commerce } from '../src';

export const nouns = ['brand', 'product', 'order', 'refund', 'expense', 'seal', 'import'];
export const everything = nouns.flatMap((noun) => [`commerce.${noun}.read`, `commerce.${noun}.write`]);

/** What a spec reads out of JSON: its shape is checked by what the spec expects of it. */
export type Loose = ReturnType<typeof JSON.parse>;

export interface Answer {
  status: number;
  body: Loose;
  headers: Headers;
}

/** Commerce as it runs, over HTTP, on a schema of its own. */
export class Commerce {
  token = '';
  private number = 0;

  private constructor(
    readonly service: RunningService,
    readonly clock: SimulatedClock,
    readonly operators: TestOperators,
    private readonly schema: TestSchema,
    readonly url: string,
  ) {}

  static async start(db: TestDatabase): Promise<Commerce> {
    return Commerce.on(await freshSchema(db, 'commerce'));
  }

  /** Starts on a schema that may have been used before. @param isIdle without messages and jobs */
  static async on(schema: TestSchema, isIdle = false): Promise<Commerce> {
    const operators = await TestOperators.create();
    // Without a broker on the test machine messages stay in the process, whatever the database.
    const { amqpUrl: _amqp, redisUrl: _redis, ...rest } = schema.config;
    const config: ServiceConfig = { ...rest, keySetUrl: operators.keySetUrl };
    const clock = new SimulatedClock();
    const jobPolicy = { leaseMs: 800, waitsMs: [50, 50, 50, 50] };
    const service = await createService(commerce, { config, clock, broker: new InProcessBroker(), jobPolicy, idle: isIdle });
    await service.app.listen(0, '127.0.0.1');
    const url = await service.app.getUrl();
    const started = new Commerce(service, clock, operators, schema, url);
    started.token = await operators.token({ permissions: everything });
    return started;
  }

  async stop(): Promise<void> {
    await this.service.close();
    await this.schema.drop();
  }

  get importFolder(): string {
    return join(this.schema.config.dataFolder, 'imports');
  }

  get database(): Database {
    return this.service.app.get(Database);
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    options: { token?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${this.url}/api/commerce${path}`, {
      method,
      headers: {
        authorization: `Bearer ${options.token ?? this.token}`,
        ...(body !== undefined && !isRaw ? { 'content-type': 'application/json' } : {}),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  }

  /** A brand of its own for a spec. */
  async brand(input: Record<string, unknown> = {}): Promise<TestBrand> {
    this.number += 1;
    const code = `brand-${this.number}`;
    const answer = await this.call('POST', '/brands', { ...brandOf(code), ...input });
    if (answer.status !== 201) throw new Error(`brand was not opened: ${JSON.stringify(answer.body)}`);
    return new TestBrand(this, namedId(brandName(code)));
  }

  /** A brand that is there already. */
  brandOf(brandId: string): TestBrand {
    return new TestBrand(this, brandId);
  }

  async published<T = Loose>(type: string, brandId?: string): Promise<T[]> {
    const rows: { body: string }[] = await this.database.read((tx) =>
      tx.query('SELECT body FROM outbox WHERE type = ? ORDER BY position', [type]),
    );
    const events = rows.flatMap(
      (row) => (typeof row.body === 'string' ? JSON.parse(row.body) : row.body) as Event<T & { brandId: string }>[],
    );
    return events.map((event) => event.data).filter((data) => brandId === undefined || data.brandId === brandId);
  }
}

export function brandOf(code: string) {
  return {
    code,
    name: 'Osmanthus',
    zone: 'Asia/Shanghai',
    currency: 'CNY',
    channels: [
      { code: 'till', domain: 'offline', name: 'Store till' },
      { code: 'mini', domain: 'private', name: 'Mini program' },
    ],
  };
}

export class TestBrand {
  constructor(
    readonly commerce: Commerce,
    readonly brandId: string,
  ) {}

  call(method: string, path: string, body?: unknown, options?: { token?: string; headers?: Record<string, string> }) {
    return this.commerce.call(method, `/brands/${this.brandId}${path}`, body, options);
  }

  async send(kind: 'orders' | 'refunds' | 'products' | 'expenses', ...items: unknown[]): Promise<BatchResult> {
    const answer = await this.call('POST', `/${kind}/batch`, { items });
    if (answer.status !== 200) throw new Error(`${kind} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  published<T = Loose>(type: string): Promise<T[]> {
    return this.commerce.published<T>(type, this.brandId);
  }

  paid = () => this.published('commerce.order-paid.v1');
  refunded = () => this.published('commerce.order-refunded.v1');
  seals = () => this.published('commerce.intake-sealed.v1');

  async refund(externalId: string) {
    const page = await this.call('GET', `/refunds?q=${encodeURIComponent(externalId)}`);
    return page.body.data.find((row: { externalId: string }) => row.externalId === externalId);
  }

  async order(externalId: string) {
    const page = await this.call('GET', `/orders?q=${encodeURIComponent(externalId)}`);
    const row = page.body.data.find((one: { externalId: string }) => one.externalId === externalId);
    return (await this.call('GET', `/orders/${row.orderId}`)).body;
  }
}

/** Uploads a file and waits until it has been read. */
export async function importFile(brand: TestBrand, query: string, content: string | Uint8Array) {
  const accepted = await brand.call('POST', `/imports?${query}`, content);
  if (accepted.status !== 202) throw new Error(`the upload answered ${accepted.status}: ${JSON.stringify(accepted.body)}`);
  return settled(brand, accepted.body.importId);
}

export async function settled(brand: TestBrand, importId: string) {
  return eventually(
    'the import has ended',
    async () => {
      const { body } = await brand.call('GET', `/imports/${importId}`);
      return (body.state === 'completed' || body.state === 'failed') && body;
    },
    60_000,
  );
}

/** An order with one line of 100.00 unless said otherwise. */
export function order(externalId: string, change: Record<string, unknown> = {}) {
  return {
    channel: 'till',
    externalId,
    status: 'paid',
    placedAt: '2026-03-01 12:00:00',
    buyer: [{ type: 'phone', value: '13800000001' }],
    storeCode: 'S1',
    guideCode: 'G1',
    lines: [{ sku: 'tea', netMinor: 10_000 }],
    ...change,
  };
}

export function refund(externalId: string, change: Record<string, unknown> = {}) {
  return { channel: 'till', externalId, occurredAt: '2026-03-05 10:00:00', ...change };
}
