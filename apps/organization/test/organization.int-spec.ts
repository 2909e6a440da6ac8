import crypto from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import {
  departmentList,
  type DepartmentRow,
  operatorList,
  type OperatorRow,
  problem,
  roleCode,
  signInAnswer,
  type SignInAnswer,
} from '@concentric/contracts';
import { createDataSource, createService, type RunningService, schemaDrift, serviceConfig, TokenVerifier } from '@concentric/service-kit';
import { databases, expectOpenApiUnchanged, routesOfNarrowScopes, freshSchema, TestOperators, type TestSchema } from '@concentric/testing';
import { definition } from '../src';

const brandA = '018f0000-0000-7000-8000-00000000000a';
const brandB = '018f0000-0000-7000-8000-00000000000b';
const partnerId = '018f0000-0000-7000-8000-0000000000f1';
const password = 'correct horse battery';

describe.each(databases())('organization on $name', (db) => {
  let schema: TestSchema;
  let service: RunningService;
  let url: string;
  let admin: string;

  beforeAll(async () => {
    process.env['BOOTSTRAP_ADMIN_PASSWORD'] = password;
    process.env['SIGN_INS_PER_MINUTE'] = '8';
    schema = await freshSchema(db, 'organization');
    // Without broker and queue: nothing here is consumed, and only the dialect is to differ.
    const { amqpUrl: _amqp, redisUrl: _redis, ...config } = schema.config;
    service = await createService(definition, { config });
    await service.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(service.app.getHttpServer().address() as AddressInfo).port}/api/organization`;
    admin = (await signIn('admin')).token;
  });
  afterAll(async () => {
    delete process.env['BOOTSTRAP_ADMIN_PASSWORD'];
    delete process.env['SIGN_INS_PER_MINUTE'];
    await service?.close();
    await schema?.drop();
  });

  async function call(method: string, path: string, token?: string, body?: object) {
    const response = await fetch(url + path, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json();
    return { status: response.status, json, code: response.status < 400 ? undefined : problem.parse(json).code };
  }
  async function signIn(name: string, secret = password): Promise<SignInAnswer> {
    const answer = await call('POST', '/sign-in', undefined, { name, password: secret });
    if (answer.status !== 200) throw new Error(answer.code);
    return signInAnswer.parse(answer.json);
  }
  let count = 0;
  async function person(change: object = {}): Promise<OperatorRow> {
    const input = {
      name: `person-${(count += 1)}`,
      displayName: '王芳',
      password,
      roles: [],
      brands: 'all',
      scope: { kind: 'all' },
      ...change,
    };
    const answer = await call('POST', '/operators', admin, input);
    if (answer.status !== 201) throw new Error(answer.code);
    return answer.json as OperatorRow;
  }

  describe('signing in', () => {
    it('gives the first administrator a token, by any spelling of the name', async () => {
      for (const name of ['admin', 'ADMIN', ' Ａdmin ']) {
        const { operator, expiresAt, sessionEndsAt } = await signIn(name);
        expect(operator).toMatchObject({ name: 'admin', roles: ['admin'], brands: 'all', scope: { kind: 'all' } });
        expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
        expect(Date.parse(sessionEndsAt) - Date.now()).toBeGreaterThan(7 * 3_600_000);
      }
    });

    it('gives the same answer for an unknown name, a wrong password and a disabled operator, after hashing as long', async () => {
      const { id, name, revision } = await person();
      expect((await call('PATCH', `/operators/${id}`, admin, { revision, disabled: true })).status).toBe(200);
      const answers = [];
      // What takes the time is counted, not the time.
      const hashing = jest.spyOn(crypto, 'scrypt');
      for (const [who, secret] of [
        ['nobody-at-all', password],
        ['admin', 'wrong'],
        [name, password],
      ] as const) {
        const { status, code } = await call('POST', '/sign-in', undefined, { name: who, password: secret });
        answers.push([status, code]);
      }
      expect(new Set(answers.map(String))).toEqual(new Set(['401,sign_in_refused']));
      expect(hashing.mock.calls.map((given) => (given[3] as { N: number }).N)).toEqual([32_768, 32_768, 32_768]);
      hashing.mockRestore();
    });

    it('stops guessing at one name', async () => {
      const attempts = await Promise.all(
        Array.from({ length: 10 }, () => call('POST', '/sign-in', undefined, { name: 'guessed', password: 'x' })),
      );
      expect(attempts.filter(({ status }) => status === 429).length).toBe(2);
    });

    it('publishes only public keys', async () => {
      const { json } = await call('GET', '/keys');
      expect(json).toEqual({
        keys: [
          { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String), x: expect.any(String), y: expect.any(String) },
        ],
      });
    });

    it('keeps a session alive by refreshing, with the roles of the moment', async () => {
      const { id, name, revision } = await person({ roles: ['management'] });
      const first = await signIn(name);
      await call('PATCH', `/operators/${id}`, admin, { revision, roles: ['auditor'] });
      const { status, json } = await call('POST', '/refresh', first.token);
      expect(status).toBe(200);
      const second = signInAnswer.parse(json);
      expect(second.operator.roles).toEqual(['auditor']);
      expect(second.sessionEndsAt).toBe(first.sessionEndsAt);
      expect((await call('GET', '/me', second.token)).json).toEqual(second.operator);
    });

    it.each([
      ['disabled', { disabled: true }],
      ['given a new password', { password: 'another long password' }],
    ])('ends the session of who is %s', async (_, change) => {
      const { id, name, revision } = await person();
      const { token } = await signIn(name);
      await call('PATCH', `/operators/${id}`, admin, { revision, ...change });
      for (const [method, path] of [
        ['POST', '/refresh'],
        ['GET', '/me'],
      ] as const) {
        expect(await call(method, path, token)).toMatchObject({ status: 401, code: 'session_ended' });
      }
    });

    it('does not refresh a token that no sign-in gave', async () => {
      const stranger = await TestOperators.create();
      expect((await call('POST', '/refresh', await stranger.token())).status).toBe(401);
    });
  });

  describe('operators', () => {
    it('never shows a password hash', async () => {
      const { status, json } = await call('GET', '/operators?sort=-createdAt&limit=500', admin);
      expect(status).toBe(200);
      expect(operatorList.parse(json).total).toBeGreaterThan(0);
      expect(JSON.stringify(json)).not.toMatch(/scrypt|hash/i);
    });

    it('finds by the beginning of a name, taking wildcards literally', async () => {
      await person({ name: 'Zhang.San' });
      const find = async (q: string) =>
        operatorList.parse((await call('GET', `/operators?q=${encodeURIComponent(q)}`, admin)).json).data.map(({ name }) => name);
      expect(await find('zhang')).toEqual(['Zhang.San']);
      expect(await find('%')).toEqual([]);
      expect(await find('zhang_')).toEqual([]);
    });

    it('refuses a name twice, in any spelling', async () => {
      await person({ name: 'Twice' });
      await expect(person({ name: 'TWICE' })).rejects.toThrow('operator_name_taken');
    });

    it.each([[['finance_maker', 'finance_checker']], [['channel_author', 'auditor', 'channel_approver']]])(
      'refuses one person with both %j',
      async (roles) => {
        await expect(person({ roles })).rejects.toThrow('roles_in_conflict');
        const { id, revision } = await person({ roles: roles.slice(0, 1) });
        expect(await call('PATCH', `/operators/${id}`, admin, { revision, roles })).toMatchObject({
          status: 409,
          code: 'roles_in_conflict',
        });
      },
    );

    it('ties a partner to one brand and never to all rows', async () => {
      await expect(person({ roles: ['partner'], scope: { kind: 'all' } })).rejects.toThrow('invalid_input');
      await expect(person({ roles: ['partner'], scope: { kind: 'partner', partnerId } })).rejects.toThrow('invalid_input');
      const partner = await person({ roles: ['partner'], scope: { kind: 'partner', partnerId }, brands: [brandA] });
      expect(partner.scope).toEqual({ kind: 'partner', partnerId });
    });

    it('refuses an unknown department', async () => {
      await expect(person({ departmentId: partnerId })).rejects.toThrow('invalid_input');
    });

    it('lets nobody change their own access, but their own display name', async () => {
      const me = operatorList.parse((await call('GET', '/operators?q=admin', admin)).json).data[0];
      for (const change of [
        { roles: ['admin', 'finance_checker'] },
        { disabled: true },
        { brands: [brandA] },
        { scope: { kind: 'none' } },
      ]) {
        expect(await call('PATCH', `/operators/${me?.id}`, admin, { revision: me?.revision, ...change })).toMatchObject({
          status: 403,
          code: 'own_access',
        });
      }
      expect((await call('PATCH', `/operators/${me?.id}`, admin, { revision: me?.revision, displayName: '管理员' })).status).toBe(200);
    });

    it('lets an administrator of some brands give and change access to those only', async () => {
      const local = await person({ roles: ['admin'], brands: [brandA] });
      const { token } = await signIn(local.name);
      const input = { displayName: 'x', password, roles: [], scope: { kind: 'all' } };
      expect(await call('POST', '/operators', token, { ...input, name: 'beyond', brands: 'all' })).toMatchObject({
        code: 'beyond_own_brands',
      });
      expect(await call('POST', '/operators', token, { ...input, name: 'beyond', brands: [brandA, brandB] })).toMatchObject({
        code: 'beyond_own_brands',
      });
      expect((await call('POST', '/operators', token, { ...input, name: 'within', brands: [brandA] })).status).toBe(201);
      const other = await person({ brands: [brandB] });
      expect(await call('PATCH', `/operators/${other.id}`, token, { revision: other.revision, disabled: true })).toMatchObject({
        code: 'beyond_own_brands',
      });
    });

    it('lets one of two changes at once win', async () => {
      const { id, revision } = await person();
      const answers = await Promise.all(
        ['a', 'b', 'c'].map((displayName) => call('PATCH', `/operators/${id}`, admin, { revision, displayName })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(answers.find(({ status }) => status === 409)?.code).toBe('changed_meanwhile');
    });

    it('writes one audit row per change, without the password', async () => {
      const { id, revision } = await person({ name: 'audited' });
      await call('PATCH', `/operators/${id}`, admin, { revision, password: 'a new password 123' });
      const source = await createDataSource({ ...definition, service: 'organization', config: schema.config });
      try {
        const rows: { action: string; after_value: string }[] = await source.query(
          'SELECT action, after_value FROM audit_log WHERE entity_id = ? ORDER BY at, id',
          [id],
        );
        expect(rows.map(({ action }) => action)).toEqual(['operator.created', 'operator.changed']);
        expect(JSON.stringify(rows)).not.toMatch(/a new password|scrypt|correct horse/);
      } finally {
        await source.destroy();
      }
    });

    it('refuses fields that are not part of the request', async () => {
      await expect(person({ passwordHash: 'x' })).rejects.toThrow('invalid_input');
      await expect(person({ accessVersion: 9 })).rejects.toThrow('invalid_input');
    });
  });

  it('names everybody who works for a brand to whoever works for it, and to a partner nobody', async () => {
    const one = await person({ displayName: '李明', brands: [brandA], roles: ['finance_maker'] });
    const other = await person({ displayName: '赵敏', brands: [brandB], roles: ['finance_maker'] });
    const partner = await person({ brands: [brandA], roles: ['partner'], scope: { kind: 'partner', partnerId } });
    const asked = async (who: OperatorRow, brandId: string) => call('GET', `/brands/${brandId}/colleagues`, (await signIn(who.name)).token);
    const { data } = (await asked(one, brandA)).json as { data: object[] };
    expect(data).toContainEqual({ id: one.id, displayName: '李明', isPartner: false });
    expect(data).toContainEqual({ id: partner.id, displayName: partner.displayName, isPartner: true });
    expect(data.filter((row) => 'id' in row && row.id === other.id)).toEqual([]);
    expect(await asked(one, brandB)).toMatchObject({ status: 404, code: 'unknown_brand' });
    expect((await asked(partner, brandA)).json).toEqual({ data: [] });
  });

  describe('departments', () => {
    const list = async () => departmentList.parse((await call('GET', '/departments', admin)).json).data;

    it('begin as a template around the customer', async () => {
      const departments = await list();
      expect(departments.map(({ ring, code }) => `${ring} ${code}`)).toEqual([
        '1 member',
        '1 service',
        '1 store-operations',
        '2 content-planning',
        '2 marketing',
        '2 enablement',
        '3 product',
        '3 supply-chain',
        '4 finance',
        '4 it',
        '4 people',
      ]);
      expect(departments.filter(({ emphasis }) => emphasis).map(({ code }) => code)).toEqual(['member', 'content-planning', 'enablement']);
      expect(departments.every(({ name, duties }) => name.zh !== '' && name.en !== '' && duties.length > 0)).toBe(true);
    });

    it('are the organisation’s own to change, and count the operators assigned', async () => {
      const member = (await list())[0] as DepartmentRow;
      await person({ departmentId: member.id });
      const changed = await call('PATCH', `/departments/${member.id}`, admin, {
        revision: member.revision,
        name: { zh: '会员中心', en: 'Members' },
        staff: 12,
      });
      expect(changed).toMatchObject({
        status: 200,
        json: { name: { zh: '会员中心', en: 'Members' }, staff: 12, operators: 1, revision: 2 },
      });
      expect(await call('PATCH', `/departments/${member.id}`, admin, { revision: 1, staff: 1 })).toMatchObject({
        code: 'changed_meanwhile',
      });
    });

    it('can be added, with a code that is free and a ring that exists', async () => {
      const input = { code: 'legal', name: { zh: '法务部', en: 'Legal' }, ring: 4 };
      expect((await call('POST', '/departments', admin, input)).status).toBe(201);
      expect(await call('POST', '/departments', admin, input)).toMatchObject({ code: 'department_code_taken' });
      expect(await call('POST', '/departments', admin, { ...input, code: 'other', ring: 5 })).toMatchObject({ code: 'invalid_input' });
    });
  });

  it('gives every role its list of permissions', async () => {
    const { json } = await call('GET', '/roles', admin);
    expect(json).toMatchObject({ total: roleCode.options.length });
  });

  it('lets each role do exactly what the matrix says', async () => {
    const routes = [
      ['GET', '/operators', 'organization.operator.read'],
      ['POST', '/operators', 'organization.operator.write'],
      ['GET', '/roles', 'organization.role.read'],
      ['GET', '/departments', 'organization.department.read'],
      ['POST', '/departments', 'organization.department.write'],
    ] as const;
    for (const role of roleCode.options) {
      const scoped = role === 'partner' ? { scope: { kind: 'partner', partnerId }, brands: [brandA] } : {};
      const { token, operator } = await signIn((await person({ roles: [role], ...scoped })).name);
      for (const [method, path, permission] of routes) {
        const { status } = await call(method, path, token, method === 'POST' ? {} : undefined);
        expect([role, path, status]).toEqual([
          role,
          path,
          operator.permissions.includes(permission) ? (method === 'POST' ? 400 : 200) : 403,
        ]);
      }
    }
  }, 120_000);

  it('starts again on the same data with the same keys, and adds nothing', async () => {
    const before = [await call('GET', '/keys'), await call('GET', '/departments', admin)];
    const { amqpUrl: _amqp, redisUrl: _redis, ...config } = schema.config;
    const second = await createService(definition, { config, idle: true });
    try {
      await second.app.listen(0, '127.0.0.1');
      const other = `http://127.0.0.1:${(second.app.getHttpServer().address() as AddressInfo).port}/api/organization`;
      expect(await (await fetch(`${other}/keys`)).json()).toEqual(before[0]?.json);
      // A token of one replica is good at the other.
      expect(await (await fetch(`${other}/departments`, { headers: { authorization: `Bearer ${admin}` } })).json()).toEqual(
        before[1]?.json,
      );
    } finally {
      await second.close();
    }
  });

  it('has the schema its entities describe', async () => {
    const source = await createDataSource({ ...definition, service: 'organization', config: schema.config });
    try {
      expect(await schemaDrift(source)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('serves what its OpenAPI document says', () => {
    expectOpenApiUnchanged(service.app, join(__dirname, '../openapi.json'));
  });

  it('shows who does not see the whole brand the departments, and refuses everything else', async () => {
    const operators = await TestOperators.create();
    const response = await fetch(operators.keySetUrl);
    await service.app.get(TokenVerifier).trust(((await response.json()) as { keys: unknown[] }).keys);
    const [department] = departmentList.parse((await call('GET', '/departments', admin)).json).data;
    expect(await routesOfNarrowScopes(service.app, operators, { departmentId: department?.id ?? '' })).toEqual({
      narrowed: [],
      'no-rows': ['GET /departments', 'GET /departments/{departmentId}'],
    });
  });
});

describe('a distributed organization without operators', () => {
  it('does not start without a password for the first one', async () => {
    const schema = await freshSchema({ name: 'sqlite', dialect: 'sqlite' }, 'organization');
    await expect(createService(definition, { config: { ...schema.config, mode: 'distributed' } })).rejects.toThrow(
      'BOOTSTRAP_ADMIN_PASSWORD',
    );
    await schema.drop();
  });

  it('makes up a password of its own when embedded, and keeps it', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'concentric-organization-'));
    const config = serviceConfig('organization', { DATA_FOLDER: dataFolder, LOG_LEVEL: 'silent' });
    const service = await createService(definition, { config });
    await service.close();
    const again = await createService(definition, { config });
    await again.close();
  });
});
