import type { ServiceName } from '@concentric/contracts';
import fc from 'fast-check';
import { channels, FlowBrand, network, order, plan } from '../flows/flow-brand';
import { type Answer, RawCaller } from '../flows/http-call';
import type { Crew } from '../flows/crew';

interface Route {
  readonly by: keyof Crew;
  readonly method: string;
  readonly service: ServiceName;
  readonly path: string;
  readonly body: unknown;
}

const CASES_PER_ROUTE = 22;

/** Bodies that are right; each is then spoilt in one place. */
function routesOf(brandId: string): Route[] {
  const base = `/brands/${brandId}`;
  const refund = {
    channel: 'till',
    externalId: 'R',
    occurredAt: '2026-01-05 10:00:00',
    orderExternalId: 'O',
    amountMinor: 5,
  };
  const expense = {
    externalId: 'E',
    occurredAt: '2026-01-05 10:00:00',
    class: 'tools',
    purpose: 'service',
    amountMinor: 5,
  };
  const oneOrder = order({ id: 'fuzz', at: '2026-01-05 10:00:00', net: 10_000, buyer: 'b1', store: 'S1' });
  const commerce = { by: 'operations', method: 'POST', service: 'commerce' } as const;
  const statement = { statementId: '00000000-0000-4000-8000-000000000000', fingerprint: 'f' };
  return [
    { ...commerce, path: `${base}/orders`, body: oneOrder },
    { ...commerce, path: `${base}/orders/batch`, body: { items: [oneOrder] } },
    { ...commerce, path: `${base}/refunds`, body: refund },
    { ...commerce, path: `${base}/refunds/batch`, body: { items: [refund] } },
    {
      ...commerce,
      path: `${base}/products/batch`,
      body: { items: [{ sku: 'tea', name: 'Tea', unitCostMinor: 5, costFrom: '2026-01-01' }] },
    },
    { ...commerce, path: `${base}/expenses/batch`, body: { items: [expense] } },
    { ...commerce, path: `${base}/seals`, body: { items: [{ channel: 'till', businessDate: '2026-05-05' }] } },
    {
      by: 'admin',
      method: 'POST',
      service: 'commerce',
      path: '/brands',
      body: {
        code: 'fuzz',
        name: 'Fuzz',
        zone: 'Asia/Shanghai',
        currency: 'CNY',
        channels: [{ code: channels[0], domain: 'private', name: 'till' }],
      },
    },
    {
      by: 'operations',
      method: 'POST',
      service: 'distribution',
      path: `${base}/partners/batch`,
      body: { items: [network[3]] },
    },
    { by: 'author', method: 'POST', service: 'distribution', path: `${base}/plans`, body: plan },
    {
      by: 'admin',
      method: 'PUT',
      service: 'distribution',
      path: `${base}/settings`,
      body: {
        bindingMode: 'first',
        protectionDays: null,
        bindTo: ['store'],
        holdingDays: 0,
        holdingDaysByChannel: { till: 3 },
        minimumPayoutMinor: 0,
        autoClose: true,
        bindingDelaySeconds: null,
        revision: 1,
      },
    },
    {
      by: 'maker',
      method: 'POST',
      service: 'distribution',
      path: `${base}/statements/submit`,
      body: { items: [statement] },
    },
    {
      by: 'checker',
      method: 'POST',
      service: 'distribution',
      path: `${base}/statements/approve`,
      body: { items: [statement], reason: 'because' },
    },
    {
      by: 'admin',
      method: 'POST',
      service: 'organization',
      path: '/operators',
      body: {
        name: 'fuzz',
        displayName: 'Fuzz',
        password: 'long-enough-password',
        roles: ['auditor'],
        brands: 'all',
        scope: { kind: 'all' },
        departmentId: null,
      },
    },
  ];
}

const wrong = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    [],
    {},
    true,
    -1,
    0.5,
    1e21,
    2 ** 53,
    -(2 ** 53),
    'x'.repeat(5_000),
    '\u0000',
    '\ud800',
    '💥',
    '2026-02-30 25:61:00',
    '0000-00-00',
    '9999-99-99',
    '../../etc/passwd',
    "' OR 1=1 --",
    [[[[]]]],
    { toString: 1 },
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.integer(),
  fc.double(),
  fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 5 }),
);

type Spoil = { place: number; how: 'replace' | 'remove' | 'add'; value: unknown };
const spoil = fc.record<Spoil>({
  place: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add'),
  value: wrong,
});

/** Wrong input of every kind through every intake: said what is wrong and what to do, never an inner error. */
export function inputFaults(world: () => FlowBrand['world']): void {
  let brand: FlowBrand;
  beforeAll(async () => {
    brand = await FlowBrand.open(world(), 'fuzzed');
  });

  it('answers wrong input of every kind with a problem that names field and remedy, never with 500', async () => {
    const callers = new Map<keyof Crew, RawCaller>();
    for (const route of routesOf(brand.brandId)) {
      const caller = callers.get(route.by) ?? (await RawCaller.signIn(world().installation, route.by));
      callers.set(route.by, caller);
      let key = 0;
      await fc.assert(
        fc.asyncProperty(spoil, async (how) => {
          const body = JSON.stringify(spoilt(route.body, how));
          expectHelpful(
            route,
            body,
            await caller.send(route.method, route.service, route.path, body, {
              'idempotency-key': `fuzz-${route.path.length}-${(key += 1)}`,
            }),
          );
        }),
        { numRuns: CASES_PER_ROUTE, seed: 20_260_101 },
      );
    }
  });

  it.each<[string, string, Record<string, string>]>([
    ['no JSON at all', 'orders=1', {}],
    ['half of a JSON', '{"items":[', {}],
    ['a list instead of an object', '[]', {}],
    ['nothing', '', {}],
    ['another content type', '<xml/>', { 'content-type': 'text/xml' }],
    ['an unknown encoding', '{}', { 'content-encoding': 'snappy' }],
    ['what is no gzip', '{}', { 'content-encoding': 'gzip' }],
    ['names that reach for prototypes', '{"__proto__":{"items":[]},"constructor":1}', {}],
    ['a body that is too large', `{"items":["${'x'.repeat(9_000_000)}"]}`, {}],
  ])('answers %s with 4xx', async (_what, body, headers) => {
    const caller = await RawCaller.signIn(world().installation, 'operations');
    for (const path of ['orders/batch', 'refunds/batch']) {
      const answer = await caller.send('POST', 'commerce', `/brands/${brand.brandId}/${path}`, body, headers);
      expect([
        answer.status >= 400 && answer.status < 500,
        answer.contentType.startsWith('application/problem+json'),
        typeof answer.body['code'],
      ]).toEqual([true, true, 'string']);
    }
  });

  it.each<[ServiceName, string]>([
    ['commerce', '/brands/x/orders'],
    ['commerce', '/brands/{brand}/orders?limit=0'],
    ['commerce', '/brands/{brand}/orders?cursor=%00%ff'],
    ['commerce', '/brands/{brand}/orders?cursor=bm90LWEtY3Vyc29y'],
    ['commerce', '/brands/{brand}/orders?sort=password'],
    ['commerce', '/brands/{brand}/orders?from=yesterday'],
    ['commerce', '/brands/{brand}/orders?chanel=till'],
    ['distribution', '/brands/{brand}/plans?state=active'],
    ['commerce', '/brands/{brand}/orders/..%2f..%2f'],
    ['membership', '/brands/{brand}/members?tier=T9'],
    ['membership', '/brands/{brand}/members/00000000-0000-4000-8000-000000000000'],
    ['distribution', '/brands/{brand}/partners/tree?asOf=2026-13-45T00:00:00.000Z'],
    ['distribution', '/brands/{brand}/commission-lines?partnerId=1'],
    ['distribution', '/brands/{brand}/statements?period=2026-99-99'],
    ['indicators', '/brands/{brand}/values?key=nothing&from=2026-01-01&to=2026-02-01'],
    ['indicators', '/brands/{brand}/values?key=net_sales_amount&from=2026-02-31&to=2026-01-01'],
    ['indicators', '/brands/00000000-0000-4000-8000-000000000000/values?key=net_sales_amount&from=2026-01-01&to=2026-02-01'],
  ])('answers the question %s %s with 4xx', async (service, path) => {
    const caller = await RawCaller.signIn(world().installation, 'auditor');
    const answer = await caller.send('GET', service, path.replace('{brand}', brand.brandId));
    expect([answer.status >= 400 && answer.status < 500, answer.contentType.startsWith('application/problem+json')]).toEqual([true, true]);
    if (answer.status === 400) expectErrors(answer.body['errors'], JSON.stringify(answer.body));
  });
}

function expectHelpful(route: Route, body: string, answer: Answer): void {
  const told = `${route.method} ${route.path} with ${body.slice(0, 500)} was answered ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`;
  if (answer.status >= 500) throw new Error(told);
  if (answer.status >= 400) {
    if (
      !answer.contentType.startsWith('application/problem+json') ||
      typeof answer.body['code'] !== 'string' ||
      typeof answer.body['title'] !== 'string'
    )
      throw new Error(`no problem: ${told}`);
    if (answer.status === 400) expectErrors(answer.body['errors'], told);
    return;
  }
  const rejected = answer.body['rejected'];
  if (Array.isArray(rejected)) for (const one of rejected as { errors: unknown }[]) expectErrors(one.errors, told);
}

function expectErrors(errors: unknown, told: string): void {
  if (!Array.isArray(errors) || errors.length === 0) throw new Error(`no errors by field: ${told}`);
  for (const error of errors as Record<string, unknown>[]) {
    if (typeof error['field'] !== 'string' || !error['message'] || !error['remedy'])
      throw new Error(`without field, message or remedy: ${told}`);
  }
}

/** The same value with one place in it replaced, removed or added to. */
function spoilt(value: unknown, { place, how, value: wrongValue }: Spoil): unknown {
  const copy: unknown = structuredClone(value);
  const places: { holder: Record<string, unknown>; name: string }[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      places.push({ holder: node as Record<string, unknown>, name });
      walk(child);
    }
  };
  walk(copy);
  const { holder, name } = places[place % places.length]!;
  if (how === 'add') Object.assign(holder, { unexpected: wrongValue });
  else if (how === 'remove') Reflect.deleteProperty(holder, name);
  else holder[name] = wrongValue;
  return copy;
}
