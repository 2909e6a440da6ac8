import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { namedId } from '@concentric/service-kit';
import { databases } from '@concentric/testing';
import { brandId } from './distribution.fixture';
import { partnerId, payableWorld, type PayableWorld } from './payout.fixture';

const UUID = namedId('nothing');
const permissions = [
  'payee.read',
  'payee.propose',
  'payee.approve',
  'withholding.read',
  'withholding.propose',
  'withholding.approve',
  'payout.read',
  'payout.prepare',
  'payout.approve',
  'payout.release',
  'bank.read',
  'bank.import',
  'bank.confirm',
].map((name) => `distribution.${name}`);
const maker = { sub: namedId('operator/treasury maker'), permissions };
const checker = { ...maker, sub: namedId('operator/treasury checker') };
const as = (code: string) => ({ ...maker, scope: { kind: 'partner', partnerId: partnerId(code) } });
const payee = { currency: 'CNY', holder: 'One', account: '6222020200112233445', bankId: '102100099996', reason: 'move' };
const rule = {
  partnerTypes: ['store'],
  currency: 'CNY',
  validFrom: '2026-03-01',
  exemptMinor: 0,
  deductMinor: 0,
  ratePpm: 1,
  reason: 'law',
};

interface Answer {
  id: string;
  code: string;
  version: number;
  total: number;
  data: { id: string; partnerCode: string; amountMinor: number }[];
  errors?: { field: string; remedy?: string }[];
}

describe.each(databases())('payouts over HTTP, on $name', (db) => {
  let world: PayableWorld;
  let origin: string;
  beforeAll(async () => {
    world = await payableWorld(db);
    const server = (await world.service.app.listen(0, '127.0.0.1')) as Server;
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/distribution/brands/${brandId}`;
    await world.knowNetwork();
  });
  afterAll(async () => {
    await world.expectInOrder();
    await world.close();
  });

  async function send(
    method: string,
    path: string,
    claims: object,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const authorization = `Bearer ${await world.operators.token(claims)}`;
    const raw = typeof body === 'string';
    return fetch(`${origin}${path}`, {
      method,
      headers: {
        authorization,
        'idempotency-key': namedId(`${path} ${JSON.stringify(body)}`),
        ...(body === undefined ? {} : { 'content-type': raw ? 'text/csv' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
  }
  async function call(method: string, path: string, claims: object, body?: unknown): Promise<{ status: number; body: Answer }> {
    const response = await send(method, path, claims, body);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer };
  }

  it('takes a batch to the bank and back, and repeats no preparation for one key', async () => {
    const input = { currency: 'CNY', filter: { period: '2026-01' } };
    const { status, body: batch } = await call('POST', '/payouts', maker, input);
    expect([status, (await call('POST', '/payouts', maker, input)).body.id]).toEqual([201, batch.id]);
    expect(await call('GET', `/payouts/${batch.id}/file?format=csv`, checker)).toMatchObject({
      status: 409,
      body: { code: 'payout_not_released' },
    });
    const act = async (action: string, claims: object) => {
      const { version } = (await call('GET', `/payouts/${batch.id}`, maker)).body;
      return call('POST', `/payouts/${batch.id}/${action}`, claims, { version, reason: 'looked at it' });
    };
    expect(await act('submit', maker)).toMatchObject({ status: 200, body: { state: 'SUBMITTED' } });
    expect(await act('approve', maker)).toMatchObject({ status: 403, body: { code: 'same_person' } });
    expect(await act('approve', checker)).toMatchObject({ status: 200, body: { state: 'FILE_READY' } });
    expect(await act('release', checker)).toMatchObject({ status: 200, body: { state: 'SENT', items: 3 } });
    expect(await act('release', checker)).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    const file = await send('GET', `/payouts/${batch.id}/file?format=pain001`, checker);
    expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      'application/xml; charset=utf-8',
      `attachment; filename="payout-${batch.id}.xml"`,
    ]);
    const { pain001Hash } = (await call('GET', `/payouts/${batch.id}`, maker)).body as unknown as { pain001Hash: string };
    expect(
      createHash('sha256')
        .update(await file.text())
        .digest('hex'),
    ).toBe(pain001Hash);
    const { data: items } = (await call('GET', `/payout-items?payoutId=${batch.id}`, maker)).body;
    // Of the item of S1 the bank leaves open what became of it.
    const rows = items.map(
      ({ id, partnerCode, amountMinor }, index) =>
        `${id},${partnerCode === 'S1' ? 'PENDING' : 'PAID'},B${index},${amountMinor},2026-02-05,as ordered`,
    );
    expect(
      await call('POST', '/payouts/bank-results', maker, ['item,status,bank_ref,amount_minor,booked_on,reason', ...rows].join('\n')),
    ).toMatchObject({ status: 200, body: { matched: 3 } });
    expect((await call('GET', `/bank-lines?payoutId=${batch.id}&match=matched`, maker)).body.total).toBe(3);
    expect((await call('GET', '/bank-files', maker)).body).toMatchObject({ total: 1, data: [{ lines: 3, matched: 3, conflict: 0 }] });
  });

  it('shows a partner its own details, its own payouts and nobody else’s, and of the brand’s papers none', async () => {
    const seen = async (path: string, code: string) =>
      [...new Set((await call('GET', path, as(code))).body.data.map(({ partnerCode }) => partnerCode))].sort();
    expect([await seen('/payees', 'D1'), await seen('/payees', 'S1')]).toEqual([['D1'], ['S1']]);
    expect([await seen('/payout-items', 'D1'), await seen('/payout-items', 'S1')]).toEqual([['D1', 'S1', 'S2'], ['S1']]);
    await world.within((tx) => tx.query('UPDATE payout_item SET former_payee_id = payee_id'));
    const formerAccounts = async (claims: object) =>
      ((await call('GET', '/payout-items', claims)).body.data as { formerAccount?: unknown }[]).map(({ formerAccount }) => formerAccount);
    expect(await formerAccounts(maker)).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    expect(await formerAccounts(as('D1'))).toEqual([null, null, null]);
    await world.within((tx) => tx.query('UPDATE payout_item SET former_payee_id = NULL'));
    for (const path of ['/payouts', '/bank-lines', '/bank-files'])
      expect(await call('GET', path, as('D1'))).toMatchObject({ status: 403, body: { code: 'whole_brand_only' } });
    const { data } = (await call('GET', '/payouts', maker)).body;
    expect(await call('GET', `/payouts/${data[0]!.id}`, as('D1'))).toMatchObject({ status: 403 });
    expect(await call('PUT', `/partners/${partnerId('S1')}/payee`, as('D1'), payee)).toMatchObject({
      status: 403,
      body: { code: 'not_your_partner' },
    });
    expect(await call('POST', '/payees/batch', as('D1'), { items: [{ ...payee, partnerCode: 'S1' }] })).toMatchObject({ status: 403 });
  });

  it('shows a partner by which details it is paid itself, and not by what evidence the treasury ended a doubt', async () => {
    type Item = { id: string; version: number; partnerCode: string; holder: string | null; account: string | null; outcomeReason: string };
    const items = async (claims: object) => (await call('GET', '/payout-items', claims)).body.data as unknown as Item[];
    const ofS1 = async () => (await items(maker)).find(({ partnerCode }) => partnerCode === 'S1')!;
    const { id } = await ofS1();
    const resolve = (path: string, claims: object, body: object) => call('POST', `/payout-items/${id}/resolve${path}`, claims, body);
    expect(await resolve('', maker, { outcome: 'PAID', evidence: 'a letter' })).toMatchObject({ status: 204 });
    const { version } = await ofS1();
    expect(await resolve('/decide', checker, { version, approve: true, reason: 'read it' })).toMatchObject({ status: 204 });
    const seen = async (claims: object) =>
      (await items(claims))
        .map(({ partnerCode, holder, account, outcomeReason }) => [partnerCode, holder, account, outcomeReason])
        .sort(([a], [b]) => (a! < b! ? -1 : 1));
    const masked = expect.stringContaining('*');
    expect(await seen(maker)).toEqual([
      ['D1', masked, masked, 'as ordered'],
      ['S1', masked, masked, 'a letter'],
      ['S2', masked, masked, 'as ordered'],
    ]);
    expect(await seen(as('D1'))).toEqual([
      ['D1', masked, masked, 'as ordered'],
      ['S1', null, null, null],
      ['S2', null, null, 'as ordered'],
    ]);
    expect(await seen(as('S1'))).toEqual([['S1', masked, masked, null]]);
  });

  it.each<[string, string, unknown, number, string | undefined]>([
    ['PUT', `/partners/${UUID}/payee`, payee, 404, undefined],
    ['PUT', `/partners/${partnerId('S1')}/payee`, { ...payee, account: '=1+1' }, 400, 'account'],
    ['PUT', `/partners/${partnerId('S1')}/payee`, { ...payee, holder: '@x' }, 400, 'holder'],
    ['PUT', `/partners/${partnerId('S1')}/payee`, { ...payee, reason: undefined }, 400, 'reason'],
    ['POST', '/payees/batch', { items: [] }, 400, 'items'],
    ['POST', `/payees/${UUID}/decide`, { approve: true, reason: 'x' }, 404, undefined],
    ['POST', `/payees/${UUID}/decide`, { approve: 'yes', reason: 'x' }, 400, 'approve'],
    ['POST', `/payees/${UUID}/reveal`, { reason: 'x' }, 404, undefined],
    ['POST', '/payees/decide', { payeeIds: ['x'], approve: true, reason: 'x' }, 400, 'payeeIds[0]'],
    ['POST', '/withholding-rules', { ...rule, ratePpm: 1_000_000 }, 400, 'ratePpm'],
    ['POST', '/withholding-rules', { ...rule, validFrom: '2026-02-30' }, 400, 'validFrom'],
    ['POST', '/withholding-rules', { ...rule, partnerTypes: ['castle'] }, 400, 'partnerTypes[0]'],
    ['POST', `/withholding-rules/${UUID}/decide`, { approve: true, reason: 'x' }, 404, undefined],
    ['POST', '/payouts', { currency: 'CNY', statementIds: [UUID] }, 409, 'statementIds'],
    ['POST', '/payouts', { currency: 'EUR' }, 409, undefined],
    ['POST', '/payouts', { currency: 'euro' }, 400, 'currency'],
    ['POST', '/payouts', { currency: 'CNY', statementIds: [UUID], filter: {} }, 400, 'filter'],
    ['POST', `/payouts/${UUID}/submit`, { version: 1 }, 404, undefined],
    ['POST', `/payouts/${UUID}/submit`, {}, 400, 'version'],
    ['POST', `/payouts/${UUID}/reject`, { version: 1 }, 400, 'reason'],
    ['POST', `/payouts/${UUID}/cancel/decide`, { version: 1, approve: true, reason: 'x' }, 404, undefined],
    ['GET', `/payouts/${UUID}/file?format=csv`, undefined, 404, undefined],
    ['GET', `/payouts/${UUID}/file?format=pdf`, undefined, 400, 'format'],
    ['GET', '/payouts?state=GONE', undefined, 400, 'state'],
    ['GET', '/payout-items?sort=shoe', undefined, 400, 'sort'],
    ['GET', '/payout-items?sort=-amountMinor&limit=2', undefined, 200, undefined],
    ['GET', '/payout-items?cursor=nonsense', undefined, 400, 'cursor'],
    ['POST', `/payout-items/${UUID}/resolve`, { outcome: 'PAID', evidence: 'a letter' }, 404, undefined],
    ['POST', `/payout-items/${UUID}/resolve`, { outcome: 'LOST', evidence: 'a letter' }, 400, 'outcome'],
    ['POST', `/payout-items/${UUID}/resolve/decide`, { version: 1, approve: true, reason: 'x' }, 404, undefined],
    ['POST', `/payout-items/${UUID}/resolve/decide`, { approve: true, reason: 'x' }, 400, 'version'],
    ['POST', '/payouts/bank-results', 'item,colour\nx,red\n', 400, 'file'],
    ['POST', '/payouts/bank-results', 'item,status,bank_ref\n"x,PAID,1', 400, 'file'],
    ['POST', '/payouts/bank-results', '', 400, 'file'],
    ['POST', '/payouts/bank-results', 'item,status,bank_ref\nx,PAID,\u0000\n', 200, undefined],
    ['POST', `/bank-lines/${UUID}/confirm`, { approve: true, reason: 'x' }, 404, undefined],
    ['POST', `/bank-lines/${UUID}/close`, { reason: 'x' }, 404, undefined],
    ['POST', `/bank-lines/${UUID}/close`, {}, 400, 'reason'],
    ['GET', '/bank-lines?match=perhaps', undefined, 400, 'match'],
  ])('answers %s %s with what to do, never with 500', async (method, path, body, status, field) => {
    const answer = await call(method, path, maker, body);
    expect([answer.status, answer.body.code]).toEqual([status, status === 200 ? undefined : expect.any(String)]);
    if (field === undefined) return;
    const errors = answer.body.errors ?? [];
    expect(errors.map((error) => error.field)).toContain(field);
    expect(errors.every((error) => Boolean(error.remedy))).toBe(true);
  });
});
