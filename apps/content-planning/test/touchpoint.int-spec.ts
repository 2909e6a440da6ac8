import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  brandChanged,
  type Event,
  problem,
  touchpointChanged,
  touchpointList,
  type TouchpointRow,
  touchpointRow,
} from '@concentric/contracts';
import {
  BrandDirectory,
  createDataSource,
  createService,
  Database,
  int,
  namedId,
  type RunningService,
  schemaDrift,
} from '@concentric/service-kit';
import { databases, expectOpenApiUnchanged, routesOfNarrowScopes, freshSchema, TestOperators, type TestSchema } from '@concentric/testing';
import type { z } from 'zod';
import { definition } from '../src';

const brandId = namedId('brand/tea');
const otherBrand = namedId('brand/other');

describe.each(databases())('the touchpoint register on $name', (db) => {
  let schema: TestSchema;
  let service: RunningService;
  let operators: TestOperators;
  let token: string;
  let url: string;

  beforeAll(async () => {
    operators = await TestOperators.create();
    schema = await freshSchema(db, 'content-planning');
    const { amqpUrl: _amqp, redisUrl: _redis, ...config } = schema.config;
    service = await createService(definition, { config: { ...config, keySetUrl: operators.keySetUrl } });
    const brands = service.app.get(BrandDirectory);
    for (const id of [brandId, otherBrand]) {
      await service.app.get(Database).transaction((tx) => brands.save(tx, brand(id)));
    }
    await service.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(service.app.getHttpServer().address() as AddressInfo).port}/api/content-planning`;
    token = await operators.token({ permissions: ['content-planning.touchpoint.read', 'content-planning.touchpoint.write'] });
  });
  afterAll(async () => {
    await service?.close();
    await schema?.drop();
  });

  const brand = (id: string): z.output<typeof brandChanged.data> => ({
    brandId: id,
    code: id.slice(0, 8),
    name: 'Tea',
    zone: 'Asia/Shanghai',
    currency: 'CNY',
    channels: [{ code: 'store', domain: 'offline', name: 'Store' }],
  });

  async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}, brandOf = brandId) {
    const response = await fetch(`${url}/brands/${brandOf}/touchpoints${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    return { status: response.status, json, code: response.status < 400 ? undefined : problem.parse(json).code };
  }
  async function registered(code: string, change: object = {}): Promise<TouchpointRow> {
    const answer = await call('POST', '', { code, name: `Touchpoint ${code}`, domain: 'private', ...change });
    if (answer.status !== 201) throw new Error(answer.code);
    return touchpointRow.parse(answer.json);
  }
  async function published(code: string) {
    const rows: { body: string }[] = await service.app
      .get(Database)
      .read((tx) => tx.query('SELECT body FROM outbox WHERE type = ? ORDER BY position', [touchpointChanged.type]));
    const events = rows.flatMap(({ body }) => JSON.parse(body) as Event[]);
    return events.map(({ data }) => touchpointChanged.data.parse(data)).filter((data) => data.code === code);
  }

  it('registers a touchpoint and publishes it', async () => {
    const touchpoint = await registered('wechat-group', { name: '社群', priority: 5 });
    expect(touchpoint).toMatchObject({
      brandId,
      code: 'wechat-group',
      name: '社群',
      domain: 'private',
      priority: 5,
      retired: false,
      revision: 1,
    });
    expect((await call('GET', `/${touchpoint.id}`)).json).toEqual(touchpoint);
    expect(await published('wechat-group')).toEqual([
      { brandId, code: 'wechat-group', name: '社群', domain: 'private', priority: 5, revision: 1 },
    ]);
  });

  it('registers and publishes once when the request is repeated', async () => {
    const body = { code: 'repeated', name: 'x', domain: 'offline' };
    const answers = [
      await call('POST', '', body, { 'idempotency-key': 'again' }),
      await call('POST', '', body, { 'idempotency-key': 'again' }),
    ];
    expect(answers[1]).toEqual(answers[0]);
    expect(await published('repeated')).toHaveLength(1);
  });

  it('refuses a code twice within a brand, and takes it in another', async () => {
    await registered('till');
    await expect(registered('till')).rejects.toThrow('touchpoint_code_taken');
    expect((await call('POST', '', { code: 'till', name: 'x', domain: 'offline' }, {}, otherBrand)).status).toBe(201);
  });

  it('publishes each change with the next revision, and nothing when nothing changed', async () => {
    const { id } = await registered('changing');
    expect((await call('PATCH', `/${id}`, { revision: 1, name: '新名字' })).json).toMatchObject({ name: '新名字', revision: 2 });
    expect((await call('PATCH', `/${id}`, { revision: 2, name: '新名字' })).json).toMatchObject({ revision: 2 });
    expect((await call('PATCH', `/${id}`, { revision: 2, retired: true, priority: 0 })).json).toMatchObject({
      retired: true,
      priority: 0,
      revision: 3,
    });
    expect((await published('changing')).map(({ revision, name, priority }) => [revision, name, priority])).toEqual([
      [1, 'Touchpoint changing', 100],
      [2, '新名字', 100],
      [3, '新名字', 0],
    ]);
  });

  it('lets one of several changes at once win, and publishes only that', async () => {
    const { id } = await registered('contended');
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => call('PATCH', `/${id}`, { revision: 1, name: `n${index}` })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'changed_meanwhile')).toHaveLength(7);
    expect(await published('contended')).toHaveLength(2);
  });

  it('never shows or changes a touchpoint of another brand', async () => {
    const { id } = await registered('private-one');
    expect(await call('GET', `/${id}`, undefined, {}, otherBrand)).toMatchObject({ status: 404, code: 'touchpoint_not_found' });
    expect(await call('PATCH', `/${id}`, { revision: 1, name: 'taken over' }, {}, otherBrand)).toMatchObject({
      status: 404,
      code: 'touchpoint_not_found',
    });
  });

  it('refuses a brand it does not know and fields it does not have', async () => {
    expect(await call('POST', '', { code: 'a', name: 'a', domain: 'private' }, {}, namedId('brand/unknown'))).toMatchObject({
      status: 404,
    });
    for (const body of [
      {},
      { code: 'a', name: 'a', domain: 'space' },
      { code: 'a', name: 'a', domain: 'private', revision: 7 },
      { code: 'x'.repeat(65), name: 'a', domain: 'private' },
      [],
    ]) {
      expect(await call('POST', '', body)).toMatchObject({ status: 400, code: 'invalid_input' });
    }
    const { id } = await registered('unchangeable');
    expect(await call('PATCH', `/${id}`, { revision: 1, code: 'other' })).toMatchObject({ status: 400 });
  });

  it('lists by priority, filters by domain, state and text', async () => {
    await registered('zoo-1', { domain: 'public', priority: 2, name: 'Zoo 100%' });
    await registered('zoo-2', { domain: 'public', priority: 1, name: '动物园' });
    const codes = async (query: string) => touchpointList.parse((await call('GET', `?${query}`)).json).data.map(({ code }) => code);
    expect(await codes('domain=public')).toEqual(['zoo-2', 'zoo-1']);
    expect(await codes('domain=public&sort=-priority')).toEqual(['zoo-1', 'zoo-2']);
    expect(await codes(`q=${encodeURIComponent('物')}`)).toEqual(['zoo-2']);
    expect(await codes(`q=${encodeURIComponent('100%')}`)).toEqual(['zoo-1']);
    expect(await codes('retired=true')).toEqual(['changing']);
    const first = touchpointList.parse((await call('GET', '?limit=3')).json);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(int(first.total)).toBeGreaterThan(3);
  });

  it('needs the permissions of the register', async () => {
    const mine = token;
    try {
      token = await operators.token({ permissions: ['content-planning.touchpoint.read'] });
      expect((await call('GET', '')).status).toBe(200);
      expect(await call('POST', '', { code: 'no', name: 'no', domain: 'private' })).toMatchObject({ status: 403, code: 'not_permitted' });
      token = await operators.token({ permissions: ['content-planning.touchpoint.read'], brands: [otherBrand] });
      expect(await call('GET', '')).toMatchObject({ status: 404, code: 'unknown_brand' });
    } finally {
      token = mine;
    }
  });

  it('has the schema its entities describe', async () => {
    const source = await createDataSource({ ...definition, service: 'content-planning', config: schema.config });
    try {
      expect(await schemaDrift(source)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('serves what its OpenAPI document says', () => {
    expectOpenApiUnchanged(service.app, join(__dirname, '../openapi.json'));
  });

  it('answers nobody who does not see the whole brand', async () => {
    const { id } = await registered('for-all');
    expect(await routesOfNarrowScopes(service.app, operators, { brandId, touchpointId: id })).toEqual({ narrowed: [], 'no-rows': [] });
  });
});
