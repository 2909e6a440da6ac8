import { join } from 'node:path';
import { schemaDrift } from '@concentric/service-kit';
import { databases, expectOpenApiUnchanged, routesOfNarrowScopes } from '@concentric/testing';
import { CommissionService } from '../src/projection/commission.service';
import { FactService } from '../src/projection/fact.service';
import { SalesService } from '../src/projection/sales.service';
import { accrued, brandId, indicators, matured, order, partnerIdOf, refund, reversed, type Indicators } from './indicators.fixture';

const year = 'from=2026-01-01&to=2027-01-01';

describe.each(databases())('indicators, on $name', (db) => {
  let service: Indicators;
  let sales: SalesService;
  let commission: CommissionService;
  beforeEach(async () => {
    service = await indicators(db);
    [sales, commission] = [service.get(SalesService), service.get(CommissionService)];
  });
  afterEach(() => service.close());

  const buy = (...orders: ReturnType<typeof order>[]) => service.database.transaction((tx) => sales.countOrders(tx, orders));
  const giveBack = (...refunds: ReturnType<typeof refund>[]) => service.database.transaction((tx) => sales.countRefunds(tx, refunds));
  const accrue = (...orders: ReturnType<typeof order>[]) =>
    service.database.transaction((tx) => commission.countAccrued(tx, orders.map(accrued)));
  const mature = (...events: ReturnType<typeof matured>[]) => service.database.transaction((tx) => commission.countMatured(tx, events));
  const reverse = (...events: ReturnType<typeof reversed>[]) => service.database.transaction((tx) => commission.countReversed(tx, events));

  it('has the schema that its entities say, and serves what its OpenAPI document says', async () => {
    expect(await schemaDrift(service.database.source)).toEqual([]);
    expectOpenApiUnchanged(service.service.app, join(__dirname, '../openapi.json'));
  });

  it('nets refunds on their own date for finance, and on the date of the order where asked to', async () => {
    const january = order('a', '2026-01-31', [['s1', 100]]);
    await buy(january, order('b', '2026-02-01', [['s1', 10]]));
    await giveBack(refund('r', january, '2026-03-05', [[1, 40]]));
    expect(
      (await service.values('net_sales_amount', `${year}&granularity=month`)).slice(0, 4).map(({ value, reason }) => [value, reason]),
    ).toEqual([
      [10_000, null],
      [1_000, null],
      [-4_000, null],
      [null, 'no_data'],
    ]);
    expect(
      (await service.values('net_sales_amount', `${year}&granularity=month&refunds=order`)).slice(0, 3).map(({ value }) => value),
    ).toEqual([6_000, 1_000, null]);
    expect(await service.values('net_sales_amount', 'from=2026-01-31&to=2026-02-02&granularity=day')).toMatchObject([
      { from: '2026-01-31', to: '2026-02-01', value: 10_000 },
      { from: '2026-02-01', to: '2026-02-02', value: 1_000 },
    ]);
    expect(await service.values('net_sales_amount', year)).toMatchObject([
      { value: 7_000, parts: { paidMinor: 11_000, refundedMinor: 4_000 } },
    ]);
  });

  it('inv 13, 16: counts every order and refund once, in whatever order and however often they arrive', async () => {
    const bought = order(
      'a',
      '2026-01-05',
      [
        ['s1', 100],
        ['s2', 50],
        [null, 7],
      ],
      'mini',
    );
    const refunds = [
      refund('r1', bought, '2026-01-06', [
        [1, 10],
        [2, 5],
      ]),
      refund('r2', bought, '2026-01-07', [[3, 7]]),
    ];
    await giveBack(...refunds, ...refunds);
    await buy(bought, bought);
    await buy(bought);
    await giveBack(...refunds);
    expect(await service.values('net_sales_amount', year)).toMatchObject([
      { value: 13_500, parts: { paidMinor: 15_700, refundedMinor: 2_200 } },
    ]);
    expect(await service.values('net_sales_amount', `${year}&channel=till`)).toMatchObject([{ value: null, reason: 'no_data' }]);
    const [row] = await service.rows<{ n: unknown }>('SELECT SUM(orders) AS n FROM sales_daily');
    expect(Number(row?.n)).toBe(1);
  });

  it('inv 17: does not lose a refund that arrives at the same moment as its order', async () => {
    const orders = Array.from({ length: 20 }, (_, i) => order(`o${i}`, '2026-01-05', [[`s${i % 3}`, 10]]));
    await Promise.all(orders.flatMap((one, i) => [buy(one), giveBack(refund(`r${i}`, one, '2026-01-06', [[1, 10]]))]));
    expect(await service.values('net_sales_amount', year)).toMatchObject([
      { value: 0, parts: { paidMinor: 20_000, refundedMinor: 20_000 } },
    ]);
  });

  it('knows the commission rate once something has matured, and takes later reversals out of it', async () => {
    const [a, b] = [
      order('a', '2026-01-05', [
        ['s1', 1_000],
        [null, 500],
      ]),
      order('b', '2026-01-20', [['s2', 1_000]]),
    ];
    expect(await service.values('effective_commission_rate', year)).toMatchObject([{ value: null, reason: 'zero_denominator' }]);
    await accrue(a, b);
    expect(await service.values('effective_commission_rate', year)).toMatchObject([
      { value: null, reason: 'immature', numerator: 0, denominator: 200_000 },
    ]);
    await mature(matured(a, 's1', 5_000));
    expect(await service.values('effective_commission_rate', year)).toMatchObject([{ value: 0.025, parts: { pendingMinor: 5_000 } }]);
    const early = refund('r1', b, '2026-01-21', [[1, 400]]);
    await reverse(reversed(b, early, false));
    await mature(matured(b, 's2', 3_000));
    expect(await service.values('effective_commission_rate', year)).toMatchObject([
      { value: 0.05, numerator: 8_000, denominator: 160_000, parts: { pendingMinor: 0 } },
    ]);
    await reverse(reversed(a, refund('r2', a, '2026-04-01', [[1, 1_000]]), true));
    expect(await service.values('effective_commission_rate', year)).toMatchObject([{ value: 0.05, numerator: 3_000, denominator: 60_000 }]);
    const { body } = await service.call('/commission-by-origin-period');
    expect(body).toEqual({
      rows: [
        { originPeriod: '2026-01', currency: 'CNY', earnedMinor: 10_000, reversedMinor: 7_000, adjustedMinor: 0, maturedMinor: 3_000 },
      ],
    });
    expect((await service.call('/commission-by-origin-period?from=2026-02')).body).toEqual({ rows: [] });
    const s1 = matured(a, 's1', 0).partnerId;
    const corrected = { brandId: matured(a, 's1', 0).brandId, partnerId: s1, currency: 'CNY', adjustmentId: s1 };
    await service.database.transaction((tx) =>
      commission.countAdjusted(tx, [
        { ...corrected, originPeriod: '2026-01', amountMinor: 500 },
        { ...corrected, originPeriod: '2026-02', amountMinor: -20 },
      ]),
    );
    expect((await service.call('/commission-by-origin-period')).body).toMatchObject({
      rows: [
        { originPeriod: '2026-01', earnedMinor: 10_000, adjustedMinor: 500, maturedMinor: 3_000 },
        { originPeriod: '2026-02', earnedMinor: 0, adjustedMinor: -20, maturedMinor: 0 },
      ],
    });
    // A document corrects what is owed, not the rate that a plan gave.
    expect(await service.values('effective_commission_rate', year)).toMatchObject([{ value: 0.05 }]);
    expect((await service.call<{ rows: unknown[] }>('/commission-by-origin-period?from=2026-01&to=2026-01')).body.rows).toHaveLength(1);
  });

  it('gives each partner the sales of the stores that stood under it back then', async () => {
    await service.place(
      ['north', 'north', '2025-01-01', null],
      ['south', 'south', '2025-01-01', null],
      ['s1', 's1', '2025-01-01', null],
      ['s1', 'north', '2025-01-01', '2026-02-01'],
      ['s1', 'south', '2026-02-01', null],
    );
    const [before, after] = [
      order('a', '2026-01-31', [
        ['s1', 100],
        ['s9', 1],
      ]),
      order('b', '2026-02-01', [['s1', 10]]),
    ];
    await buy(before, after);
    await giveBack(refund('r', before, '2026-02-15', [[1, 40]]));
    await accrue(before, after);
    await mature(matured(before, 's1', 500), matured(after, 's1', 50));
    const net = async (partner: string, claims: object = {}) =>
      (await service.values('net_sales_amount', `${year}&partnerId=${partnerIdOf(partner)}`, claims))[0]?.value;
    expect([await net('north'), await net('south'), await net('s1')]).toEqual([6_000, 1_000, 7_000]);
    expect(await service.values('effective_commission_rate', `${year}&partnerId=${partnerIdOf('north')}`)).toMatchObject([
      { value: 0.05, numerator: 500, denominator: 10_000 },
    ]);
    const partner = { scope: { kind: 'partner', partnerId: partnerIdOf('south') } };
    expect(await net('s1', partner)).toBe(7_000);
    expect(await service.values('net_sales_amount', year, partner)).toMatchObject([{ value: 1_000 }]);
    expect(await service.call(`/values?key=net_sales_amount&${year}&partnerId=${partnerIdOf('north')}`, partner)).toMatchObject({
      status: 403,
      body: { code: 'outside_own_network' },
    });
    expect((await service.call(`/values?key=net_sales_amount&${year}`, { scope: { kind: 'none' } })).status).toBe(403);
  });

  it('shows who does not see the whole brand the figures of its own, and refuses everything else', async () => {
    await buy(order('a', '2026-01-05', [['s1', 100]]));
    const rows = [{ from: '2026-01-01', to: '2027-01-01', value: null, reason: 'no_data', numerator: null, denominator: null, parts: {} }];
    expect(
      await routesOfNarrowScopes(
        service.service.app,
        service.operators,
        { brandId },
        {
          'GET /brands/{brandId}/values': { query: `?key=net_sales_amount&${year}`, nothing: { rows } },
          'GET /brands/{brandId}/commission-by-origin-period': { nothing: { rows: [] } },
        },
      ),
    ).toEqual({
      narrowed: ['GET /brands/{brandId}/commission-by-origin-period', 'GET /brands/{brandId}/values'],
      'no-rows': ['GET /brands/{brandId}/definitions'],
    });
  });

  it('tells what each indicator means, by version', async () => {
    const { body } = await service.call<{ definitions: { key: string; version: number; name: { zh: string } }[] }>('/definitions');
    expect(body.definitions.map(({ key, version, name }) => [key, version, name.zh])).toEqual([
      ['effective_commission_rate', 1, '实际佣金率'],
      ['net_sales_amount', 1, '净销售额'],
    ]);
    await expect(service.database.transaction((tx) => tx.query("UPDATE indicator_definition SET formula = 'x'"))).rejects.toThrow();
  });

  it('keeps daily facts of expenses, registrations, tiers and touchpoints', async () => {
    const facts = service.get(FactService);
    const occurredAt = '2026-01-05T00:00:00.000Z';
    const expense = {
      brandId,
      expenseId: partnerIdOf('e'),
      class: 'content',
      purpose: 'nurture',
      channel: null,
      touchpoint: null,
      occurredAt,
      businessDate: '2026-01-05',
      period: '2026-01',
      currency: 'CNY',
      amountMinor: 700,
    } as const;
    const customer = { brandId, customerId: partnerIdOf('c'), occurredAt, businessDate: '2026-01-05' };
    const touchpoint = { brandId, code: 'live', name: 'Live', domain: 'private', priority: 1, revision: 2 } as const;
    await service.database.transaction(async (tx) => {
      await facts.countExpenses(tx, [expense, { ...expense, amountMinor: -200 }]);
      await facts.countMembers(tx, [{ ...customer, joinChannel: 'purchase' }]);
      await facts.countTiers(tx, [
        { ...customer, from: null, to: 'T0', reason: 'registered', growthValue: 0 },
        { ...customer, from: 'T0', to: 'T1', reason: 'spend', growthValue: 500 },
      ]);
      await facts.keepTouchpoints(tx, [touchpoint, { ...touchpoint, name: 'Older', revision: 1 }]);
      await facts.keepTouchpoints(tx, [{ ...touchpoint, name: 'Older', revision: 1 }]);
    });
    expect(await service.rows('SELECT class, purpose FROM expense_daily WHERE amount_minor = 500 AND entries = 2')).toEqual([
      { class: 'content', purpose: 'nurture' },
    ]);
    expect(await service.rows('SELECT join_channel FROM member_daily WHERE registered = 1')).toEqual([{ join_channel: 'purchase' }]);
    expect(await service.rows('SELECT from_tier, to_tier FROM tier_daily ORDER BY to_tier')).toEqual([
      { from_tier: '', to_tier: 'T0' },
      { from_tier: 'T0', to_tier: 'T1' },
    ]);
    expect(await service.rows('SELECT name FROM touchpoint')).toEqual([{ name: 'Live' }]);
  });
});

describe.each(databases())('bad questions, on $name', (db) => {
  let service: Indicators;
  beforeAll(async () => (service = await indicators(db)));
  afterAll(() => service.close());

  it.each([
    ['key=gmv&from=2026-01-01&to=2026-02-01', 'key'],
    ['key=net_sales_amount&from=2026-02-30&to=2026-03-01', 'from'],
    ['key=net_sales_amount&from=2026-02-01&to=2026-02-01', 'to'],
    ['key=net_sales_amount&from=1000-01-01&to=2026-02-01&granularity=day', 'granularity'],
    ['key=net_sales_amount&from=2026-01-01', 'to'],
    ['key=net_sales_amount&from=2026-01-01&to=2026-02-01&partnerId=x', 'partnerId'],
  ])('refuses %s by naming the field %s', async (query, field) => {
    const { status, body } = await service.call<{ code: string; errors: { field: string }[] }>(`/values?${query}`);
    expect([status, body.code, body.errors[0]?.field]).toEqual([400, 'invalid_input', field]);
  });
});
