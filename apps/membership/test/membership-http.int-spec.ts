import { join } from 'node:path';
import type { MemberDetail, MemberRow } from '@concentric/contracts';
import { idIn, insertRows, namedId } from '@concentric/service-kit';
import { databases, expectOpenApiUnchanged, routesOfNarrowScopes } from '@concentric/testing';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { brandId, day, membership, order, type Membership } from './membership.fixture';

describe.each(databases())('members over HTTP, on $name', (db) => {
  let service: Membership;
  let base: string;
  beforeAll(async () => {
    service = await membership(db);
    const server = (await service.service.app.listen(0, '127.0.0.1')) as Server;
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/membership/brands/${brandId}`;
    await service.buy(
      order('a', day(1), 600, [service.identity('13800000001'), service.identity('CARD-000001', 'card')]),
      order('b', day(2), 20_000, [service.identity('13800000002')]),
      order('c', day(3), 5, [service.identity('13800000003')]),
    );
    service.clock.set(day(4));
  });
  afterAll(() => service.close());

  const call = async <T = Record<string, unknown>>(
    path: string,
    claims: object,
    init: RequestInit = {},
  ): Promise<{ status: number; body: T }> => {
    const token = await service.operators.token(claims);
    const response = await fetch(`${base}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as T };
  };
  const reader = { permissions: ['membership.member.read', 'membership.settings.read'] };
  const list = (query: string, claims: object = reader) => call<{ data: MemberRow[]; total: number }>(`/members${query}`, claims);

  it('lists members newest first, with masked identities only', async () => {
    const { status, body } = await list('');
    expect(status).toBe(200);
    expect(body.total).toBe(3);
    expect(body.data.map(({ tier, identities }) => [tier, identities.map(({ masked }) => masked)])).toEqual([
      ['T0', ['138****0003']],
      ['T4', ['138****0002']],
      ['T1', ['CA****01', '138****0001']],
    ]);
    expect(JSON.stringify(body)).not.toContain('13800000001');
  });

  it('filters by tier and date, and finds a person by an exact identity', async () => {
    expect((await list('?tier=T4')).body.total).toBe(1);
    expect((await list('?joinedFrom=2026-01-03&joinedTo=2026-01-04')).body.data.map(({ tier }) => tier)).toEqual(['T4']);
    expect(
      (await list(`?identityType=phone&identityValue=${encodeURIComponent('+86 138 0000 0001')}`)).body.data.map(({ tier }) => tier),
    ).toEqual(['T1']);
    expect((await list('?identityType=phone&identityValue=nobody')).body.total).toBe(0);
    expect(await list('?identityValue=138')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(await list('?joinedFrom=2026-02-30')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(await list('?sort=nothing')).toMatchObject({ status: 400 });
  });

  it('shows a person with dated status, tiers and purchases, and counts by tier', async () => {
    const [row] = (await list('?tier=T1')).body.data;
    const { body } = await call<MemberDetail>(`/members/${row?.customerId}`, reader);
    expect(body).toMatchObject({
      growthValue: 600,
      mergedInto: null,
      statuses: [{ status: 'member', to: null, reason: 'purchase' }],
      tiers: [{ tier: 'T1', reason: 'registered' }],
      purchases: [{ externalId: 'a', netMinor: 60_000, member: true, tier: 'T1' }],
      merges: [],
    });
    expect((await call(`/members/${namedId('nobody')}`, reader)).status).toBe(404);
    const { body: summary } = await call('/members/summary', reader);
    expect(summary).toMatchObject({ persons: 3, members: 3, parkedRefunds: 0 });
    expect(summary['byTier']).toEqual([
      { tier: 'T0', members: 1 },
      { tier: 'T1', members: 1 },
      { tier: 'T2', members: 0 },
      { tier: 'T3', members: 0 },
      { tier: 'T4', members: 1 },
    ]);
  });

  it('shows a partner only customers bound below it, and nobody without a binding', async () => {
    const [distributor, store, other] = [namedId('distributor'), namedId('store'), namedId('other')];
    const [bound] = (await list('?tier=T4')).body.data;
    await service.within(async (tx) => {
      const path = [
        [distributor, distributor, 0],
        [store, store, 0],
        [store, distributor, 1],
        [other, other, 0],
      ] as const;
      await insertRows(
        tx,
        'network_path',
        ['brand_id', 'partner_id', 'ancestor_id', 'depth', 'valid_from', 'valid_to', 'revision'],
        path.map(([partner, ancestor, depth]) => [idIn(brandId), idIn(partner), idIn(ancestor), depth, 0, null, 1]),
      );
      await insertRows(
        tx,
        'customer_binding',
        ['brand_id', 'customer_id', 'partner_id', 'revision'],
        [[idIn(brandId), idIn(bound?.customerId ?? ''), idIn(store), 1]],
      );
    });
    const as = (partnerId: string) => ({ ...reader, scope: { kind: 'partner', partnerId } });
    expect((await list('', as(distributor))).body.data.map(({ tier }) => tier)).toEqual(['T4']);
    expect((await list('', as(other))).body.total).toBe(0);
    expect((await list('', { ...reader, scope: { kind: 'none' } })).body.total).toBe(0);
    const [hidden] = (await list('?tier=T1')).body.data;
    expect((await call(`/members/${hidden?.customerId}`, as(distributor))).status).toBe(404);
    expect((await call(`/members/${bound?.customerId}`, as(distributor))).status).toBe(200);
    expect((await call('/members/summary', as(distributor))).body).toMatchObject({ persons: 1 });
  });

  it('reveals identities only with the permission and a reason, and keeps who, what and why', async () => {
    const [row] = (await list('?tier=T1')).body.data;
    const reveal = (claims: object, body: object) =>
      call(`/members/${row?.customerId}/reveal`, claims, { method: 'POST', body: JSON.stringify(body) });
    expect((await reveal(reader, { reason: 'customer called in' })).status).toBe(403);
    const manager = { sub: namedId('manager'), permissions: ['membership.identity.reveal'] };
    expect((await reveal(manager, {})).status).toBe(400);
    expect((await reveal(manager, { reason: 'customer called in' })).body).toEqual({
      identities: [
        { type: 'card', value: 'CARD-000001' },
        { type: 'phone', value: '13800000001' },
      ],
    });
    const audit = await service.rows('SELECT actor_id, action, reason, after_value FROM audit_log');
    expect(audit).toMatchObject([{ actor_id: namedId('manager'), action: 'identity.revealed', reason: 'customer called in' }]);
    expect(JSON.stringify(audit)).not.toContain('1380000');
  });

  it('keeps settings per brand and refuses thresholds that do not rise', async () => {
    const put = (claims: object, body: object) => call('/settings', claims, { method: 'PUT', body: JSON.stringify(body) });
    const writer = { permissions: ['membership.settings.write', 'membership.settings.read'] };
    const { body: before } = await call<{
      registerOnPurchase: boolean;
      tiers: { tier: string; fromGrowthValue: number }[];
    }>('/settings', reader);
    expect(before.tiers.map(({ fromGrowthValue }) => fromGrowthValue)).toEqual([0, 500, 2_000, 5_000, 20_000]);
    expect((await put(reader, before)).status).toBe(403);
    expect((await put(writer, { ...before, tiers: before.tiers.map((row) => ({ ...row, fromGrowthValue: 0 })) })).status).toBe(400);
    const after = { ...before, registerOnPurchase: false };
    expect(await put(writer, after)).toMatchObject({ status: 200, body: after });
    expect((await call('/settings', reader)).body).toEqual(after);
  });

  it('serves what its OpenAPI document says', () => {
    expectOpenApiUnchanged(service.service.app, join(__dirname, '../openapi.json'));
  });

  it('shows who does not see the whole brand the persons of its own, and refuses everything else', async () => {
    const [row] = (await list('?tier=T1')).body.data;
    const byTier = ['T0', 'T1', 'T2', 'T3', 'T4'].map((tier) => ({ tier, members: 0 }));
    const nothing = { persons: 0, members: 0, byTier, parkedRefunds: 0 };
    expect(
      await routesOfNarrowScopes(
        service.service.app,
        service.operators,
        { brandId, customerId: row?.customerId ?? '' },
        { 'GET /brands/{brandId}/members/summary': { nothing } },
      ),
    ).toEqual({
      narrowed: ['GET /brands/{brandId}/members', 'GET /brands/{brandId}/members/summary', 'GET /brands/{brandId}/members/{customerId}'],
      'no-rows': [],
    });
  });
});
