import { gzipSync } from 'node:zlib';
import { Controller, Get } from '@nestjs/common';
import { databases } from '@concentric/testing';
import fc from 'fast-check';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { namedId, openApiOf, Permission, Public, Readiness } from '../src';
import { asProblem, type HttpFixture, logs, startHttp } from './http.fixture';

const brandId = namedId('brand/one');
const otherBrand = namedId('brand/two');
const sqlite = databases()[0]!;

describe('HTTP of a service', () => {
  let http: HttpFixture;
  let token: string;
  const notes = `/brands/${brandId}/notes`;
  beforeAll(async () => {
    http = await startHttp(sqlite);
    token = await http.operators.token({ permissions: ['commerce.note.read', 'commerce.note.write'], brands: [brandId] });
  });
  afterAll(() => http?.close());

  describe('who may', () => {
    it('refuses a request without a token, with a problem that carries the correlation id', async () => {
      const answer = await http.request(notes, { headers: { 'x-request-id': 'my-request-1' } });
      expect(answer.status).toBe(401);
      expect(asProblem(answer)).toMatchObject({ code: 'not_signed_in', instance: 'my-request-1' });
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    });

    it('lets through who has the permission', async () => {
      expect((await http.request(notes, { token })).status).toBe(200);
    });

    it('keeps an idle connection longer than proxies keep theirs', async () => {
      const { headers } = await http.request(notes, { token });
      expect(headers.get('keep-alive')).toBe('timeout=65');
    });

    it('refuses who lacks the permission, and names it', async () => {
      const answer = await http.request(notes, { token: await http.operators.token() });
      expect(answer.status).toBe(403);
      expect(asProblem(answer).detail).toContain('commerce.note.read');
    });

    it('answers a brand outside the token like one that does not exist, also when it is no id at all', async () => {
      for (const id of [otherBrand, 'nonsense', "1' OR '1'='1", '%20']) {
        const answer = await http.request(`/brands/${id}/notes`, { token });
        expect([id, answer.status, asProblem(answer).code]).toEqual([id, 404, 'unknown_brand']);
      }
    });

    it('answers an id that is none with 404 before it reaches a query', async () => {
      expect(asProblem(await http.request(`${notes}/1'--`, { token }))).toMatchObject({ status: 404, code: 'note_not_found' });
    });

    it('demands the operating permission of this very service', async () => {
      const other = await http.operators.token({ permissions: ['membership.ops.manage'] });
      const own = await http.operators.token({ permissions: ['commerce.ops.manage'] });
      expect((await http.request('/probe/ops', { token: other })).status).toBe(403);
      expect((await http.request('/probe/ops', { token: own })).status).toBe(200);
    });

    it('hands the verified operator to the handler', async () => {
      const answer = await http.request('/probe/me', { token: await http.operators.token({ name: '王芳', scope: { kind: 'none' } }) });
      expect(answer.json).toMatchObject({ name: '王芳', brandIds: 'all', scope: { kind: 'none' } });
    });

    it('refuses every forged token', async () => {
      const claims = { name: 'x', brands: 'all', permissions: ['commerce.note.read'], scope: { kind: 'all' } };
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      const base = () =>
        new SignJWT(claims).setSubject('x').setIssuer('concentric').setAudience('concentric').setIssuedAt().setExpirationTime('1h');
      const [head, payload, signature] = token.split('.') as [string, string, string];
      const kid = (JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string }).kid;
      const es256 = { alg: 'ES256', typ: 'at+jwt', kid };
      const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Date.now();
      const forged: Record<string, string> = {
        'another key under our id': await base().setProtectedHeader(es256).sign(privateKey),
        'an unknown key id': await base()
          .setProtectedHeader({ ...es256, kid: 'other' })
          .sign(privateKey),
        'no key id': await base().setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' }).sign(privateKey),
        'its own key in the header': await base()
          .setProtectedHeader({ ...es256, jwk: await exportJWK(privateKey) })
          .sign(privateKey),
        'a key address in the header': await base()
          .setProtectedHeader({ ...es256, jku: 'http://127.0.0.1:9/keys' })
          .sign(privateKey),
        'no algorithm': `${encode({ ...es256, alg: 'none' })}.${payload}.`,
        'the public key as a secret': await base()
          .setProtectedHeader({ ...es256, alg: 'HS256' })
          .sign(Buffer.from(http.operators.keySetUrl)),
        'no signature': `${head}.${payload}.`,
        'a changed payload': `${head}.${encode({ ...claims, sub: 'admin' })}.${signature}`,
        'another issuer': await http.operators.sign({}, { issuer: 'somebody' }),
        'another audience': await http.operators.sign({}, { audience: 'elsewhere' }),
        'another type': await http.operators.sign({}, { type: 'JWT' }),
        'a time that has passed': await http.operators.sign({}, { issuedAt: now - 7_200_000, expiresAt: now - 60_000 }),
        'a malformed scope': await http.operators.sign({ scope: { kind: 'everything' } }),
        garbage: 'a.b.c',
        'nothing of the kind': 'x',
      };
      for (const [what, value] of Object.entries(forged)) {
        const answer = await http.request('/probe/me', { token: value });
        expect([what, answer.status, asProblem(answer).code]).toEqual([what, 401, 'not_signed_in']);
      }
    });

    it('says 503 and not 401 when no key could ever be fetched', async () => {
      const lonely = await startHttp(sqlite, undefined, async () => ({ keySetUrl: 'http://127.0.0.1:9/keys' }));
      try {
        const answer = await lonely.request('/probe/me', { token });
        expect(answer.status).toBe(503);
        expect(answer.headers.get('retry-after')).toBe('5');
      } finally {
        await lonely.close();
      }
    });

    it('does not boot with a route that says nothing about who may call it', async () => {
      @Controller('forgotten')
      class ForgottenController {
        @Get()
        list() {
          return [];
        }
      }
      @Controller('twice')
      class ContradictoryController {
        @Get()
        @Public()
        @Permission('commerce.note.read')
        list() {
          return [];
        }
      }
      await expect(startHttp(sqlite, [ForgottenController])).rejects.toThrow('ForgottenController.list');
      await expect(startHttp(sqlite, [ContradictoryController])).rejects.toThrow('ContradictoryController.list');
    });
  });

  describe('what comes in', () => {
    const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      http.request(notes, {
        method: 'POST',
        token,
        body,
        headers: { 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json', ...headers },
      });

    it('names every field that is wrong, with a remedy', async () => {
      const answer = await post(JSON.stringify({ code: '', weight: '3', extra: 1, tags: [1] }));
      expect(answer.status).toBe(400);
      const fields = asProblem(answer).errors?.map(({ field, remedy }) => [field, typeof remedy]);
      expect(fields).toEqual(
        expect.arrayContaining([
          ['code', 'string'],
          ['weight', 'string'],
          ['tags[0]', 'string'],
          ['extra', 'string'],
        ]),
      );
    });

    it.each([
      ['JSON that is cut off', '{"code":"a"', 400, 'malformed_json'],
      ['JSON that is no object', '"text"', 400, 'malformed_json'],
      ['an empty body', '', 400, 'invalid_type'],
      ['a field that reaches into prototypes', '{"code":"a","__proto__":{"admin":true}}', 400, 'forbidden_name'],
      ['a NUL character', '{"code":"a\\u0000b"}', 400, 'unstorable_text'],
      ['half a surrogate pair', '{"code":"\\ud800"}', 400, 'unstorable_text'],
      ['a hundred thousand levels', `{"code":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'too_deep'],
    ])('refuses %s', async (_, body, status, errorCode) => {
      const answer = await post(body);
      expect(answer.status).toBe(status);
      expect(asProblem(answer).errors?.[0]?.code).toBe(errorCode);
    });

    it('refuses bodies larger than the route accepts, and takes batches up to their own limit', async () => {
      const topic = 'x'.repeat(190);
      const items = Array.from({ length: 500 }, (_, index) => ({
        code: `n${index}`,
        topic,
        tags: Array.from({ length: 10 }, () => 'abcdefghijklmnopqrst'),
      }));
      expect(JSON.stringify({ items }).length).toBeGreaterThan(200 * 1024);
      const large = await http.request(`${notes}/batch`, { method: 'POST', token, body: JSON.stringify({ items }) });
      expect([large.status, large.json]).toEqual([200, { n: 500 }]);
      const ordinary = await post(JSON.stringify({ code: 'a', topic: 'x'.repeat(300 * 1024) }));
      expect([ordinary.status, asProblem(ordinary).code]).toEqual([413, 'body_too_large']);
      const bomb = await post(new Uint8Array(gzipSync(Buffer.alloc(50_000_000, 0x20))), { 'content-encoding': 'gzip' });
      expect([bomb.status, asProblem(bomb).code]).toEqual([413, 'body_too_large']);
    });

    it('refuses media types, encodings and charsets it does not read', async () => {
      const unread: Record<string, string>[] = [
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/xml' },
        { 'content-encoding': 'zstd' },
        { 'content-type': 'application/json; charset=latin1' },
      ];
      for (const headers of unread) {
        const answer = await post('{"code":"a"}', headers);
        expect([answer.status, asProblem(answer).code]).toEqual([415, 'unsupported_media_type']);
      }
      const broken = await post('not gzip', { 'content-encoding': 'gzip' });
      expect([broken.status, asProblem(broken).errors?.[0]?.code]).toEqual([400, 'malformed_json']);
    });

    it('answers unknown routes and broken addresses with problems', async () => {
      for (const [path, status] of [
        ['/nowhere', 404],
        [`${notes}/%E0%A4%A`, 400],
        ['/probe/me/..%2f..', 404],
      ] as const) {
        const answer = await http.request(path, { token });
        expect([path, answer.status]).toEqual([path, status]);
        asProblem(answer);
      }
      const method = await http.request('/probe/me', { method: 'DELETE', token });
      expect(method.status).toBe(404);
      asProblem(method);
    });

    it('refuses unknown filters, sorts and cursors', async () => {
      for (const query of [
        'colour=red',
        'sort=weight',
        'sort=__proto__',
        'cursor=abc',
        'limit=0',
        'limit=501',
        'limit=x',
        'limit=1&limit=2',
        'topic=a%00',
      ]) {
        const answer = await http.request(`${notes}?${query}`, { token });
        expect([query, answer.status]).toEqual([query, 400]);
        expect(asProblem(answer).errors?.[0]?.remedy).toBeTruthy();
      }
    });

    it('names a parameter that it does not know, and those that it does', async () => {
      const errorsOf = async (path: string) =>
        asProblem(await http.request(path, { token })).errors?.map(({ field, code, remedy }) => [field, code, remedy]);
      const remedy = 'Use one of limit, cursor, sort, topic.';
      expect(await errorsOf(`${notes}?limit=2&topik=a&Sort=code`)).toEqual([
        ['topik', 'unknown_parameter', remedy],
        ['Sort', 'unknown_parameter', remedy],
      ]);
      expect(await errorsOf('/probe/me?limit=1')).toEqual([['limit', 'unknown_parameter', 'Leave it out: none is taken here.']]);
      expect((await http.request(`${notes}?topic=a`, { token })).status).toBe(200);
    });

    it('hands uploads to the handler as they come', async () => {
      const answer = await http.request(`${notes}/upload`, {
        method: 'POST',
        token,
        body: 'x'.repeat(1_000_000),
        headers: { 'content-type': 'text/csv' },
      });
      expect(answer.json).toEqual({ bytes: 1_000_000 });
    });

    it('never answers 500, whatever is sent', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 70_000, size: 'max' }),
        fc.constantFrom(
          '\u0000',
          '\ud800',
          '__proto__',
          'constructor',
          '../..',
          "' OR 1=1 --",
          '1e999',
          'x'.repeat(200),
          'x'.repeat(201),
          '\u202e',
          'NaN',
        ),
      );
      const value = fc.oneof(text, fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 6 }));
      const key = fc.oneof(
        fc.constantFrom('code', 'topic', 'tags', 'weight', '__proto__', 'constructor', 'prototype', 'toString'),
        fc.string({ maxLength: 20 }),
      );
      const body = fc.oneof(
        fc
          .array(fc.tuple(key, value), { maxLength: 6 })
          .map((pairs) => `{${pairs.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join(',')}}`),
        fc.jsonValue().map((entry) => JSON.stringify(entry)),
        fc.string({ maxLength: 500 }),
        fc.integer({ min: 1, max: 60_000 }).map((depth) => '{"code":'.repeat(depth)),
      );
      const query = fc.array(
        fc.tuple(fc.constantFrom('limit', 'cursor', 'sort', 'topic', '__proto__', 'x'), fc.string({ unit: 'grapheme', maxLength: 600 })),
        { maxLength: 4 },
      );
      await fc.assert(
        fc.asyncProperty(body, query, fc.string({ unit: 'grapheme-ascii', maxLength: 40 }), async (sent, pairs, segment) => {
          const search = pairs.map(([name, entry]) => `${name}=${encodeURIComponent(entry)}`).join('&');
          const answers = [
            await post(sent),
            await http.request(`${notes}/batch`, { method: 'POST', token, body: sent }),
            await http.request(`${notes}?${search}`, { token }),
            await http.request(`/brands/${brandId}/notes/${encodeURIComponent(segment)}`, { token }),
            await http.request('/probe/me', { headers: { authorization: `Bearer ${encodeURIComponent(segment)}` } }),
          ];
          for (const answer of answers) {
            expect(answer.status).toBeLessThan(500);
            if (answer.status >= 400) asProblem(answer);
          }
        }),
        { numRuns: 150 },
      );
    });
  });

  describe('what goes out', () => {
    it('says nothing about the inside when something breaks, and logs it without personal data', async () => {
      const answer = await http.request('/probe/fault');
      expect([answer.status, asProblem(answer).code]).toEqual([500, 'internal_error']);
      expect(answer.text).not.toMatch(/secret|SELECT|at /);
      const log = logs.find((line) => line.includes('secret inside'));
      expect(log).toBeDefined();
      expect(log).not.toContain('13812345678');
      expect(JSON.parse(log ?? '')).toMatchObject({
        service: 'commerce',
        correlationId: answer.headers.get('x-request-id'),
        level: 'error',
      });
    });

    it('says when to come back while the database is gone', async () => {
      const answer = await http.request('/probe/database-gone');
      expect([answer.status, answer.headers.get('retry-after'), asProblem(answer).code]).toEqual([503, '5', 'database_unavailable']);
      expect(answer.text).not.toContain('10.0.0.1');
    });

    it('continues a sane trace and ignores what is not', async () => {
      const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
      const sane = await http.request('/probe/fault', { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
      expect(asProblem(sane).instance).toBe(trace);
      for (const headers of [
        { traceparent: 'x' },
        { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` },
        { 'x-request-id': 'a b<script>' },
        { 'x-request-id': 'x'.repeat(65) },
      ]) {
        const answer = await http.request('/probe/fault', { headers: headers as unknown as Record<string, string> });
        expect(asProblem(answer).instance).toMatch(/^[0-9a-f]{32}$/);
      }
    });

    it('sends the headers of an answer that nobody may keep, frame or sniff', async () => {
      for (const path of [notes, '/nowhere', '/ops/live']) {
        const { headers } = await http.request(path, { token });
        expect(
          Object.fromEntries(
            ['cache-control', 'x-content-type-options', 'content-security-policy', 'referrer-policy', 'x-powered-by', 'etag'].map(
              (name) => [name, headers.get(name)],
            ),
          ),
        ).toEqual({
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none';frame-ancestors 'none'",
          'referrer-policy': 'no-referrer',
          'x-powered-by': null,
          etag: null,
        });
      }
    });

    it('limits calls per caller and says when to come back; a forged address does not help', async () => {
      const call = (from: string) => http.request('/probe/limited', { headers: { 'x-forwarded-for': from } });
      const statuses = [];
      for (const from of ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4']) statuses.push((await call(from)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      const answer = await call('5.5.5.5');
      expect(asProblem(answer).code).toBe('too_many_requests');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    });

    it('is live and ready, and not ready while it drains', async () => {
      expect((await http.request('/ops/live')).json).toEqual({ status: 'live' });
      expect((await http.request('/ops/ready')).json).toEqual({ status: 'ready' });
      const draining = await startHttp(sqlite);
      try {
        draining.app.get(Readiness).drain();
        const answer = await draining.request('/ops/ready');
        expect([answer.status, asProblem(answer).detail]).toEqual([503, 'draining']);
        expect((await draining.request('/ops/live')).status).toBe(200);
      } finally {
        await draining.close();
      }
    });

    it('exposes metrics under the product prefix, by route pattern and never by address', async () => {
      await http.request(`${notes}?limit=1`, { token });
      const { text } = await http.request('/ops/metrics');
      expect(text).toMatch(
        /concentric_http_request_duration_seconds_count\{[^}]*route="\/api\/commerce\/brands\/:brandId\/notes"[^}]*status="200"/,
      );
      expect(text).not.toContain(brandId);
      expect(
        text
          .split('\n')
          .filter((line) => line.startsWith('# TYPE'))
          .every((line) => line.startsWith('# TYPE concentric_')),
      ).toBe(true);
    });

    it('describes every route, with its permission, answers and problems', async () => {
      const document = openApiOf(http.app);
      const operation = document.paths['/api/commerce/brands/{brandId}/notes']?.post;
      expect(operation).toMatchObject({ 'x-permission': 'commerce.note.write', security: [{ bearer: [] }] });
      expect(Object.keys(operation?.responses ?? {})).toEqual(['201', 'default']);
      expect(operation?.parameters).toEqual(
        expect.arrayContaining([expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true })]),
      );
      expect((await http.request('/openapi.json')).json).toEqual(JSON.parse(JSON.stringify(document)));
    });
  });
});
