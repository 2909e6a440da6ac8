import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SavedSettings } from '@concentric/contracts';
import { namedId, openApiOf } from '@concentric/service-kit';
import { databases, expectOpenApiUnchanged, routesOfNarrowScopes } from '@concentric/testing';
import { brandId, day, distribution, order, refund, type Distribution } from './distribution.fixture';

const rules = [
  { role: 'store', recipient: { from: 'store' as const }, ratePpm: 50_000, capMinor: 400 },
  { role: 'distributor', recipient: { from: 'store' as const, climbTo: 'distributor' as const }, ratePpm: 20_000 },
  { role: 'bound', recipient: { from: 'bound' as const }, ratePpm: 30_000 },
];
const idOf = (code: string) => namedId(`partner/${brandId}/${code}`);
const UUID = namedId('nothing');

type Answer<T> = { status: number; body: T; text: string };
interface Problem {
  code: string;
  errors?: { field: string; code: string; remedy?: string }[];
}
interface List {
  data: {
    id: string;
    partnerId: string;
    code: string;
    partnerCode: string;
    state: string;
    kind: string;
    role: string;
    amountMinor: number;
    fingerprint: string;
  }[];
  total: number;
  totals: { statements: number; netMinor: number }[];
}

describe.each(databases())('distribution over HTTP, on $name', (db) => {
  let world: Distribution;
  let origin: string;
  beforeAll(async () => {
    world = await distribution(db);
    const server = (await world.service.app.listen(0, '127.0.0.1')) as Server;
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    all.permissions = [...new Set(routes().map(({ permission }) => permission))];
    await world.partners(
      { code: 'D1', type: 'distributor', name: 'North' },
      { code: 'D2', type: 'distributor', name: 'South' },
      { code: 'S1', type: 'store', name: 'One', parentCode: 'D1' },
      { code: 'S2', type: 'store', name: 'Two', parentCode: 'D2' },
    );
    await world.plan({ rules });
    const a = order('a', day(1), 'ann', { netMinor: 9_999, storeCode: 'S1', category: 'tea', costMinor: 3_000 });
    await world.buy(
      a,
      order('b', day(2), 'ann', { netMinor: 1_000, storeCode: 'S2' }),
      order('h', day(2), null, { netMinor: 1_000, storeCode: 'S9' }),
    );
    await world.refund(refund('r', a, day(3), 3_333));
    await world.through(31);
    await world.knowNetwork();
  });
  afterAll(() => world.close());

  const routes = () => {
    const { paths } = openApiOf(world.service.app) as unknown as { paths: Record<string, Record<string, { 'x-permission'?: string }>> };
    const every = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        permission: operation['x-permission'] ?? '',
      })),
    );
    return every.filter(({ path }) => path.includes('/brands/'));
  };
  const call = async <T = Problem>(
    method: string,
    path: string,
    claims: object | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const authorization: Record<string, string> = claims === null ? {} : { authorization: `Bearer ${await world.operators.token(claims)}` };
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(`${origin}/api/distribution${path}`, {
      method,
      headers: { ...authorization, ...(body === undefined ? {} : { 'content-type': raw ? 'text/csv' : 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: (response.headers.get('content-type')?.includes('ndjson') || text === '' ? undefined : JSON.parse(text)) as T,
    };
  };
  const all = { sub: namedId('operator/all'), permissions: [] as string[] };
  const as = (code: string) => ({ ...all, scope: { kind: 'partner', partnerId: idOf(code) } });
  const get = <T = List>(path: string, claims: object = all) => call<T>('GET', `/brands/${brandId}${path}`, claims);

  it('serves what its OpenAPI document says', () => {
    expectOpenApiUnchanged(world.service.app, join(__dirname, '../openapi.json'));
  });

  it('asks for the permission of every route, for the brand, and for a token', async () => {
    const own = routes();
    expect(own.length).toBeGreaterThan(20);
    for (const { path, method, permission } of own) {
      expect(permission).toMatch(/^distribution\.[a-z]+\.[a-z]+$/);
      const url = path
        .replace('/api/distribution', '')
        .replace('{brandId}', brandId)
        .replace('{period}', '2026-01')
        .replace(/\{\w+\}/g, UUID);
      const headers = { 'idempotency-key': 'k' };
      expect(await call(method, url, null, undefined, headers)).toMatchObject({ status: 401 });
      expect(
        await call(method, url, { ...all, permissions: all.permissions.filter((name) => name !== permission) }, undefined, headers),
      ).toMatchObject({ status: 403 });
      expect(await call(method, url, { ...all, brands: [namedId('brand/another')] }, undefined, headers)).toMatchObject({
        status: 404,
        body: { code: 'unknown_brand' },
      });
    }
  });

  it('shows a partner itself and what stands below it, in every list and by every id', async () => {
    const { body: lines } = await get('/commission-lines');
    for (const [mine, theirs] of [
      ['D1', 'D2'],
      ['S2', 'D2'],
      ['S1', 'S2'],
    ] as const) {
      const visible = mine.startsWith('D') ? [mine, mine.replace('D', 'S')] : [mine];
      const seen = async (path: string) =>
        [...new Set((await get(path, as(mine))).body.data.map((row) => row.partnerCode ?? row.code))].sort();
      expect(await seen('/partners')).toEqual(visible);
      expect(await seen('/partners/tree')).toEqual([mine]);
      expect(await seen('/commission-lines')).toEqual(visible);
      for (const code of await seen('/bindings')) expect(visible).toContain(code);
      const months = (await get('/commission-by-partner-month', as(mine))).text.trim().split('\n');
      for (const row of months) expect(visible).toContain((JSON.parse(row) as { partner: string }).partner);
      expect(await get(`/partners/${idOf(theirs)}`, as(mine))).toMatchObject({ status: 404, body: { code: 'partner_not_found' } });
      expect((await get(`/commission-lines?partnerId=${idOf(theirs)}`, as(mine))).body).toMatchObject({ data: [], total: 0 });
      // Ann belongs to S1, wherever else she has bought.
      expect(await seen(`/commission-lines?customerId=${namedId('customer/ann')}`)).toEqual(mine.endsWith('1') ? visible : []);
      expect((await get('/commission-lines?held=true', as(mine))).body.data.map(({ partnerCode }) => partnerCode)).not.toEqual([]);
      const line = lines.data.find((row) => row.partnerCode === theirs)!;
      expect(await get(`/commission-lines/${line.id}/why`, as(mine))).toMatchObject({ status: 404 });
    }
  });

  it('says why an amount is what it is, from the order to the statement', async () => {
    const { body } = await get('/commission-lines?role=store');
    const line = body.data.find((row) => row.partnerCode === 'S1' && row.kind === 'EARN')!;
    const { status, body: why } = await get<Record<string, unknown>>(`/commission-lines/${line.id}/why`);
    expect(status).toBe(200);
    expect(why).toMatchObject({
      line: { amountMinor: 400, reversedMinor: 133, state: 'MATURED', partnerCode: 'S1' },
      order: { externalId: 'a', netMinor: 9_999, costMinor: 3_000, category: 'tea', businessDate: '2026-01-02' },
      person: { customerId: namedId('customer/ann'), member: true, tier: 'T0' },
      binding: null,
      chain: [{ code: 'S1', type: 'store' }],
      plan: {
        code: 'base',
        version: 1,
        ruleNo: 1,
        rule: { ratePpm: 50_000, capMinor: 400 },
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      computation: {
        baseMinor: 9_999,
        ratePpm: 50_000,
        capMinor: 400,
        fixedMinor: null,
        amountMinor: 400,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      reversals: [{ refundId: namedId('refund/r'), amountMinor: -133, period: '2026-01' }],
      maturity: { period: '2026-01', amountMinor: 400 },
      statements: [{ period: '2026-01', state: 'DRAFT', earnedMinor: 400, reversedMinor: 133 }],
    });
    expect(
      (why.postings as { kind: string; account: string; debitMinor: number; creditMinor: number }[])
        .map(({ kind, account, debitMinor, creditMinor }) => `${kind} ${account} ${debitMinor} ${creditMinor}`)
        .sort(),
    ).toEqual([
      'accrue expense 599 0',
      'accrue pending 0 400',
      'mature payable 0 400',
      'mature pending 400 0',
      'reverse expense 0 199',
      'reverse payable 133 0',
    ]);
    const bound = (await get('/commission-lines?role=bound')).body.data[0]!;
    expect((await get<Record<string, unknown>>(`/commission-lines/${bound.id}/why`)).body).toMatchObject({
      order: { externalId: 'b' },
      binding: { partnerId: idOf('S1'), reason: 'first_purchase', orderId: namedId('order/a') },
    });
    const reversal = body.data.find((row) => row.kind === 'REVERSE')!;
    expect((await get<Record<string, unknown>>(`/commission-lines/${reversal.id}/why`)).body).toMatchObject({ line: { id: line.id } });
  });

  it('adds up its books, its roles and its months', async () => {
    expect((await get<Record<string, unknown>>('/trial-balance')).body).toMatchObject({ balancedMinor: 0 });
    expect((await get<Record<string, unknown>>('/commission-summary')).body).toMatchObject({
      data: [
        { role: 'bound', lines: 1, earnedMinor: 30 },
        { role: 'distributor', lines: 2, earnedMinor: 219, reversedMinor: 66 },
        { role: 'store', lines: 2, earnedMinor: 450, reversedMinor: 133 },
      ],
    });
    expect(
      (await get('/commission-by-partner-month')).text
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row) as object)[0],
    ).toEqual({ role: 'bound', partner: 'S1', month: '2026-01', currency: 'CNY', baseMinor: 1_000, earnedMinor: 30, reversedMinor: 0 });
    const { body } = await get<{ data: { period: string; state: string; statements: number; obstacles: unknown[] }[] }>('/periods');
    expect(body.data.map(({ period, state, statements }) => `${period} ${state} ${statements}`)).toEqual([
      '2026-02 OPEN 0',
      '2026-01 CLOSED 4',
    ]);
    expect(body.data[0]!.obstacles).not.toEqual([]);
    expect((await get('/held-orders')).body).toMatchObject({ total: 1, data: [{ reason: 'unknown_partner', detail: 'S9' }] });
    expect(
      (await call('POST', `/brands/${brandId}/held-orders/${namedId('order/h')}/retry`, all, { reason: 'the cause is gone' })).body,
    ).toEqual({ requeued: true });
    expect(
      await call('POST', `/brands/${brandId}/held-orders/${namedId('order/a')}/retry`, all, { reason: 'the cause is gone' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'order_not_held' },
    });
  });

  const plan = { code: 'next', name: 'Next', validFrom: '2026-03-01 00:00:00', budgetPpm: 100_000, rules: [rules[0]] };
  it.each<[string, string, unknown, number, string | undefined]>([
    ['GET', '/partners?limit=0', undefined, 400, 'limit'],
    ['GET', '/partners?type=castle', undefined, 400, 'type'],
    ['GET', '/partners?cursor=nonsense', undefined, 400, 'cursor'],
    ['GET', '/partners?sort=shoe', undefined, 400, 'sort'],
    ['GET', '/partners?q=%25%27%3B--', undefined, 200, undefined],
    ['GET', '/partners/not-an-id', undefined, 404, undefined],
    ['GET', `/partners/${UUID}`, undefined, 404, undefined],
    ['GET', '/partners/tree?asOf=2026-13-45T99:99:99.999Z', undefined, 400, 'asOf'],
    ['GET', '/partners/tree?asOf=yesterday', undefined, 400, 'asOf'],
    ['GET', `/partners/tree?parentId=${UUID}`, undefined, 200, undefined],
    ['GET', '/bindings?customerId=ann', undefined, 400, 'customerId'],
    ['GET', '/commission-lines?period=January', undefined, 400, 'period'],
    ['GET', '/commission-lines?state=GONE', undefined, 400, 'state'],
    ['GET', '/commission-lines?held=perhaps', undefined, 400, 'held'],
    ['GET', '/commission-lines/7/why', undefined, 404, undefined],
    ['GET', `/commission-lines/${UUID}/why`, undefined, 404, undefined],
    ['GET', '/statements?outcome=maybe', undefined, 400, 'outcome'],
    ['POST', '/partners/batch', { items: [] }, 400, 'items'],
    ['POST', '/partners/batch', { rows: [] }, 400, 'items'],
    ['POST', '/partners/imports', 'kind,colour\nx,red\n', 400, 'file'],
    ['POST', '/partners/imports', 'code,type,name\n', 400, 'file'],
    ['POST', '/partners/imports', '', 400, 'file'],
    ['POST', '/partners/imports', 'code,type,name\n"x,store,', 400, 'file'],
    ['POST', '/partners/imports', `code,type,name\nx,store,"${'y'.repeat(50_000)}"\n`, 400, 'file'],
    ['POST', '/partners/imports', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(50, 7)]), 400, 'file'],
    ['POST', '/plans', {}, 400, 'code'],
    ['POST', '/plans', { ...plan, validFrom: '2026-02-30 00:00:00' }, 400, 'validFrom'],
    ['POST', '/plans', { ...plan, validFrom: '0000-01-01' }, 400, 'validFrom'],
    ['POST', '/plans', { ...plan, budgetPpm: 10 }, 400, 'budgetPpm'],
    ['POST', '/plans', { ...plan, rules: [rules[0], rules[0]] }, 400, 'rules[1]'],
    ['POST', '/plans', { ...plan, rules: [{ ...rules[0], fixedMinor: 5 }] }, 400, 'rules[0]'],
    ['POST', `/plans/${UUID}/activate`, undefined, 404, undefined],
    ['POST', '/plans/nonsense/activate', undefined, 404, undefined],
    ['POST', '/periods/2026-99/close', {}, 409, undefined],
    ['POST', '/periods/soon/close', {}, 409, undefined],
    ['POST', '/periods/2026-02/close', {}, 409, undefined],
    ['POST', '/periods/2026-02/start-close', {}, 409, 'period'],
    ['POST', '/periods/2026-02/start-close', { override: 'no' }, 400, 'override'],
    ['POST', '/periods/soon/rebuild', {}, 409, undefined],
    ['POST', '/adjustments', { partnerId: UUID, kind: 'adjust', amountMinor: 0, reason: 'nothing at all' }, 400, 'amountMinor'],
    ['POST', '/adjustments', { partnerId: UUID, kind: 'adjust', amountMinor: 1, reason: 'for nobody' }, 404, undefined],
    ['POST', `/adjustments/${UUID}/decide`, { approve: true, reason: 'x' }, 404, undefined],
    ['POST', `/statements/${UUID}/confirm`, undefined, 404, undefined],
    ['POST', `/statements/${UUID}/dispute`, { items: [], reason: 'x' }, 400, 'items'],
    ['POST', `/statements/${UUID}/void`, { reason: '' }, 400, 'reason'],
    ['POST', `/statements/${UUID}/void/decide`, { approve: true, reason: 'x' }, 404, undefined],
    ['POST', `/disputes/${UUID}/propose`, { resolution: 'adjust', reason: 'x' }, 400, 'amountMinor'],
    ['POST', `/disputes/${UUID}/propose`, { resolution: 'reject', reason: 'x' }, 404, undefined],
    ['POST', `/partners/${UUID}/payout-block`, { reason: 'x' }, 404, undefined],
    ['DELETE', `/partners/${UUID}/payout-block`, { reason: 'x' }, 409, undefined],
    ['GET', `/statements/${UUID}/why`, undefined, 404, undefined],
    ['GET', `/statements/${UUID}/why/lines?part=everything`, undefined, 400, 'part'],
    ['GET', '/statements?exceptional=perhaps', undefined, 400, 'exceptional'],
    ['GET', '/findings?code=odd', undefined, 400, 'code'],
    ['POST', `/findings/${UUID}/accept`, { reason: '' }, 400, 'reason'],
    ['POST', `/findings/${UUID}/accept`, { reason: 'x' }, 404, undefined],
    ['PUT', `/partners/${UUID}/person`, { customerId: null, reason: 'x' }, 404, undefined],
    ['GET', `/partners/${UUID}/person`, undefined, 404, undefined],
    ['PUT', `/partners/${UUID}/owners`, { operatorIds: ['me'], seen: [], reason: 'x' }, 400, 'operatorIds[0]'],
    ['PUT', `/partners/${UUID}/owners`, { operatorIds: [], seen: [], reason: 'x' }, 404, undefined],
    ['GET', `/partners/${UUID}/owners`, undefined, 404, undefined],
    ['POST', '/recalculations', { planVersionId: UUID, from: '2026-02-02', to: '2026-02-01', reason: 'backwards' }, 400, 'to'],
    ['POST', '/recalculations', { planVersionId: UUID, from: '2026-02-30', to: '2026-03-01', reason: 'no such day' }, 400, 'from'],
    ['POST', '/recalculations', { planVersionId: UUID, from: '2026-02-01', to: '2026-02-02', reason: 'no such plan' }, 404, undefined],
    ['GET', `/recalculations/${UUID}`, undefined, 404, undefined],
    ['GET', `/recalculations/${UUID}/totals`, undefined, 404, undefined],
    ['GET', `/recalculations/${UUID}/lines?partnerId=x`, undefined, 400, 'partnerId'],
    ['POST', `/recalculations/${UUID}/decide`, { approve: true, reason: 'x' }, 404, undefined],
    ['POST', '/statements/submit', { items: [{ statementId: 'x', fingerprint: 'y' }] }, 400, 'items[0].statementId'],
    ['POST', '/statements/submit', { items: Array.from({ length: 501 }, () => ({ statementId: UUID, fingerprint: 'y' })) }, 400, 'items'],
    ['POST', '/statements/reject', { items: [{ statementId: UUID, fingerprint: 'y' }] }, 400, 'reason'],
    ['POST', `/held-orders/${UUID}/retry`, { reason: 'x' }, 409, undefined],
    ['POST', `/held-orders/${UUID}/retry`, {}, 400, 'reason'],
    ['POST', `/held-refunds/${UUID}/retry`, { reason: 'x' }, 409, undefined],
    ['PUT', '/settings', { bindingMode: 'sometimes' }, 400, 'bindingMode'],
    ['PUT', '/settings', { holdingDays: -1 }, 400, 'holdingDays'],
    ['PUT', '/settings', '{"bindingMode": ', 415, undefined],
  ])('answers %s %s with what to do, never with 500', async (method, path, body, status, field) => {
    const answer = await call(method, `/brands/${brandId}${path}`, all, body, {
      'idempotency-key': namedId(`${path} ${JSON.stringify(body) ?? ''}`),
    });
    expect(answer.status).toBe(status);
    if (field === undefined) return;
    const errors = answer.body.errors ?? [];
    expect(errors.map((error) => error.field)).toContain(field);
    expect(errors.every((error) => Boolean(error.remedy))).toBe(true);
  });

  it('writes a plan once per key, puts it in force by another person, and keeps its settings', async () => {
    const draft = () =>
      call<{ planVersionId: string; version: number }>('POST', `/brands/${brandId}/plans`, all, plan, { 'idempotency-key': 'plan-1' });
    const { status, body } = await draft();
    expect(status).toBe(201);
    expect((await draft()).body).toEqual(body);
    expect(await call('POST', `/brands/${brandId}/plans`, all, plan)).toMatchObject({ status: 400 });
    const activate = (claims: object) =>
      call<{ data: { id: string; state: string }[] }>('POST', `/brands/${brandId}/plans/${body.planVersionId}/activate`, claims);
    expect(await activate(all)).toMatchObject({ status: 403, body: { code: 'same_person' } });
    const approver = { ...all, sub: namedId('operator/approver') };
    expect((await activate(approver)).body.data.find(({ id }) => id === body.planVersionId)).toMatchObject({ state: 'active' });
    expect(await activate(approver)).toMatchObject({ status: 409, body: { code: 'plan_not_draft' } });
  });

  it('keeps the settings of whoever saves first, and tells the others who that was and when', async () => {
    const put = (body: object, claims: object = all) => call<SavedSettings>('PUT', `/brands/${brandId}/settings`, claims, body);
    const { body: settings } = await get<SavedSettings>('/settings');
    const { revision, ...withoutRevision } = settings;
    expect(await put(withoutRevision)).toMatchObject({ status: 400, body: { errors: [{ field: 'revision' }] } });
    const changed = { ...settings, minimumPayoutMinor: 77 };
    const saved = { status: 200, body: { ...changed, revision: revision + 1 } };
    const answers = await Promise.all([1, 2, 3, 4].map(() => put(changed, { ...all, name: 'Lin' })));
    expect(answers.filter(({ status }) => status === 200)).toEqual([expect.objectContaining(saved)]);
    const late = answers.filter(({ status }) => status !== 200);
    expect(late).toHaveLength(3);
    for (const { status, body } of late)
      expect({ status, body }).toMatchObject({
        status: 409,
        body: { code: 'settings_changed', detail: expect.stringMatching(/^Lin saved revision \d+ at 2026-\S+Z; read them again/) },
      });
    expect((await get('/settings')).body).toEqual(saved.body);
    expect(await put({ ...settings, revision: 0 })).toMatchObject({ status: 409 });
    expect(await put({ ...settings, revision: revision + 2 })).toMatchObject({ status: 409 });
  });

  const statementsOf = async (code: string, query = '') =>
    (await get(`/statements${query}`, as(code))).body.data.map(({ partnerCode }) => partnerCode).sort();
  const expectUnseen = async (code: string, statementId: string) => {
    for (const path of ['', '/why', '/why/lines?part=earned'])
      expect((await get(`/statements/${statementId}${path}`, as(code))).status).toBe(404);
  };
  const statementsOfLine = async (code: string) => {
    const { id } = (await get('/commission-lines?role=store', as(code))).body.data[0]!;
    return (await get<{ statements: { state: string }[] }>(`/commission-lines/${id}/why`, as(code))).body.statements;
  };

  it('shows a partner nothing of its statement before the publication', async () => {
    const { data } = (await get('/statements')).body;
    expect(data).toHaveLength(4);
    for (const { id, partnerCode } of data) {
      await expectUnseen(partnerCode, id);
      expect(await call('POST', `/brands/${brandId}/statements/${id}/confirm`, as(partnerCode))).toMatchObject({ status: 404 });
    }
    for (const query of ['', '?state=DRAFT', '?exceptional=false', '?sort=findings']) expect(await statementsOf('D1', query)).toEqual([]);
    expect((await get('/statements', as('S1'))).body.totals).toEqual([]);
    expect((await get('/statements.ndjson', as('D1'))).text).toBe('');
    expect(await statementsOfLine('S1')).toEqual([]);
  });

  it('reviews statements over HTTP, by two persons', async () => {
    const { body } = await get('/statements?state=DRAFT&period=2026-01');
    const items = body.data.map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
    const post = (action: string, who: string, more: object = {}) =>
      call<{ done: number; refused: { code: string }[] }>(
        'POST',
        `/brands/${brandId}/statements/${action}`,
        { ...all, sub: namedId(who) },
        { items, ...more },
      );
    expect(await post('submit', 'maker')).toMatchObject({ status: 200, body: { done: 4, refused: [] } });
    expect((await post('approve', 'maker')).body).toMatchObject({ done: 0, refused: items.map(() => ({ code: 'same_person' })) });
    expect((await post('reject', 'checker', { reason: 'once more' })).body).toMatchObject({ done: 4 });
    expect((await post('submit', 'maker')).body).toMatchObject({ done: 4 });
    expect((await post('approve', 'checker')).body).toMatchObject({ done: 4 });
    expect((await get('/statements?state=APPROVED')).body.total).toBe(4);
  });

  it('shows a partner its published statement and those below it, without what is internal', async () => {
    await world.settled();
    expect(await statementsOfLine('S1')).toMatchObject([{ state: 'PUBLISHED' }]);
    const { data } = (await get('/statements')).body;
    for (const [mine, theirs] of [
      ['D1', 'D2'],
      ['S2', 'D2'],
      ['S1', 'S2'],
    ] as const) {
      const visible = mine.startsWith('D') ? [mine, mine.replace('D', 'S')] : [mine];
      expect(await statementsOf(mine)).toEqual(visible);
      expect(await statementsOf(mine, '?sort=findings&exceptional=true')).toEqual(visible);
      expect((await get('/statements', as(mine))).body.totals).toEqual([expect.objectContaining({ statements: visible.length })]);
      const lines = (await get('/statements.ndjson', as(mine))).text.trim().split('\n');
      expect(lines.map((row) => (JSON.parse(row) as { partnerCode: string }).partnerCode).sort()).toEqual(visible);
      await expectUnseen(mine, data.find(({ partnerCode }) => partnerCode === theirs)!.id);
      const { id } = data.find(({ partnerCode }) => partnerCode === mine)!;
      const known = { submittedBy: namedId('maker'), approvedBy: namedId('checker'), findings: 0, openFindings: 0 };
      expect((await get<object>(`/statements/${id}`)).body).toMatchObject(known);
      const hidden = { state: 'PUBLISHED', submittedBy: null, approvedBy: null, findings: null, openFindings: null };
      expect((await get<object>(`/statements/${id}`, as(mine))).body).toMatchObject(hidden);
      expect((await get<object>(`/statements/${id}/why`, as(mine))).body).toMatchObject({ statement: hidden });
    }
  });

  it('shows who does not see the whole brand what is its own, and refuses everything else', async () => {
    const [lineId, statementId] = [
      (await get('/commission-lines')).body.data[0]!.id,
      (await get('/statements')).body.data.find(({ partnerCode }) => partnerCode === 'S1')!.id,
    ];
    const ids = { brandId, lineId, statementId, partnerId: idOf('S1'), orderId: namedId('order/h'), period: '2026-01' };
    const account = { currency: 'CNY', holder: 'x', account: '6222020200112233445', bankId: '102100099996', reason: 'x' };
    const { narrowed, 'no-rows': open } = await routesOfNarrowScopes(world.service.app, world.operators, ids, {
      'GET /brands/{brandId}/statements/{statementId}/why/lines': { query: '?part=earned' },
      'PUT /brands/{brandId}/partners/{partnerId}/payee': { body: account },
      'POST /brands/{brandId}/statements/{statementId}/dispute': { body: { items: [{ lineId, claimedMinor: 1 }], reason: 'x' } },
    });
    expect(open).toEqual([]);
    expect(narrowed.map((route) => route.replace('/brands/{brandId}', ''))).toEqual([
      'GET /bindings',
      'GET /commission-by-partner-month',
      'GET /commission-lines',
      'GET /commission-lines/{lineId}/why',
      'GET /commission-summary',
      'GET /disputes',
      'GET /partners',
      'GET /partners/tree',
      'GET /partners/{partnerId}',
      'PUT /partners/{partnerId}/payee',
      'GET /payees',
      'GET /payout-items',
      'GET /statements',
      'GET /statements.ndjson',
      'GET /statements/{statementId}',
      'POST /statements/{statementId}/confirm',
      'POST /statements/{statementId}/dispute',
      'POST /statements/{statementId}/seen',
      'GET /statements/{statementId}/why',
      'GET /statements/{statementId}/why/lines',
    ]);
  });

  it('takes a network of 20,000 stores as one file, lists what is wrong with it, and finds nothing to do the second time', async () => {
    const rows = ['code,type,name,parentCode,validFrom'];
    for (let index = 0; index < 20_000; index += 1) rows.push(`N${index},store,Store ${index},N-D${index % 200},`);
    rows.push('bad,store,Bad,nowhere,', 'worse,castle,Worse,,', 'N-D0,distributor,Loop,N7,2026-05-01', 'late,store,Late,,2026-02-30');
    for (let index = 0; index < 200; index += 1) rows.push(`N-D${index},distributor,"Distributor, ${index}",${index === 0 ? '' : 'N-D0'},`);
    const file = rows.join('\n');
    const send = (body: string | Buffer) =>
      call<{ accepted: number; unchanged: number; rejected: { line: number; code: string; errors: { code: string }[] }[] }>(
        'POST',
        `/brands/${brandId}/partners/imports`,
        all,
        body,
      );
    const started = Date.now();
    const { status, body } = await send(file);
    process.stdout.write(`${db.name}: 20,200 partners from a file in ${Date.now() - started} ms\n`);
    expect(status).toBe(200);
    expect(body.accepted).toBe(20_200);
    expect(body.rejected.map(({ line, code, errors }) => `${line} ${code} ${errors[0]!.code}`)).toEqual([
      '20002 bad unknown_parent',
      '20003 worse invalid_value',
      '20004 N-D0 loop',
      '20005 late no_such_moment',
    ]);
    expect((await send(gzipSync(file))).body).toMatchObject({ accepted: 0, unchanged: 20_200 });
    const { body: detail } = await get<{ chain: { code: string }[]; children: number }>(`/partners/${idOf('N7')}`);
    expect(detail.chain.map(({ code }) => code)).toEqual(['N-D7', 'N-D0']);
    expect((await get(`/partners/tree?parentId=${idOf('N-D7')}`)).body.data).toHaveLength(100);
    expect(await get('/partners?q=N&limit=500')).toMatchObject({ body: { totalIsCapped: true } });
  }, 120_000);

  it('survives an upload that breaks off', async () => {
    const broken = new AbortController();
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('code,type,name\n'));
        setTimeout(() => broken.abort(), 50);
        return new Promise(() => undefined);
      },
    });
    const token = await world.operators.token(all);
    await expect(
      fetch(`${origin}/api/distribution/brands/${brandId}/partners/imports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body,
        duplex: 'half',
        signal: broken.signal,
      } as RequestInit),
    ).rejects.toThrow();
    expect((await get('/partners?limit=1')).status).toBe(200);
  });
});
