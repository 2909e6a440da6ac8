import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeySet } from './key-set';
import { generateSigningKey, publicKeyOf, type SigningKey } from './token-signer';

describe('a key set', () => {
  let server: Server;
  let url: string;
  let requests = 0;
  let answer: () => { status: number; body: string };
  let now = 1_000_000;
  let failures: unknown[] = [];
  let first: SigningKey;
  let second: SigningKey;
  const serve =
    (...keys: SigningKey[]) =>
    () => ({ status: 200, body: JSON.stringify({ keys: keys.map(publicKeyOf) }) });
  const make = () =>
    new KeySet(
      url,
      () => now,
      (error) => failures.push(error),
    );

  beforeAll(async () => {
    [first, second] = [await generateSigningKey(), await generateSigningKey()];
    server = createServer((_, response) => {
      requests += 1;
      const { status, body } = answer();
      response.writeHead(status, { 'content-type': 'application/json', location: 'http://127.0.0.1:9/' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    requests = 0;
    failures = [];
    answer = serve(first);
  });

  it('fetches once, however many ask at the same time', async () => {
    const keys = make();
    const found = await Promise.all(Array.from({ length: 20 }, () => keys.find(first.kid)));
    expect(found.every((key) => key !== undefined)).toBe(true);
    expect(requests).toBe(1);
  });

  it('learns a new key when a token names it', async () => {
    const keys = make();
    await keys.find(first.kid);
    answer = serve(second, first);
    now += 6_000;
    expect(await keys.find(second.kid)).toBeDefined();
    expect(await keys.find(first.kid)).toBeDefined();
  });

  it('does not ask again for every made up id', async () => {
    const keys = make();
    await keys.find(first.kid);
    for (let index = 0; index < 50; index += 1) expect(await keys.find(`made-up-${index}`)).toBeUndefined();
    expect(requests).toBe(1);
  });

  it.each([
    ['down', () => ({ status: 503, body: '' })],
    ['redirecting', () => ({ status: 302, body: '' })],
    ['answering something else', () => ({ status: 200, body: '<html>' })],
    ['answering something malformed', () => ({ status: 200, body: '{"keys":[{"kty":1}]}' })],
  ])('goes on with the keys it has while the address is %s', async (_, broken) => {
    const keys = make();
    await keys.find(first.kid);
    answer = broken;
    now += 3_600_000;
    expect(await keys.find(first.kid)).toBeDefined();
    expect(await keys.find('other')).toBeUndefined();
    expect(await keys.find(first.kid)).toBeDefined();
    expect(failures.length).toBeGreaterThan(0);
  });

  it('forgets a key that was withdrawn', async () => {
    const keys = make();
    await keys.find(first.kid);
    answer = serve(second);
    now += 3_600_000;
    await keys.find(second.kid);
    expect(await keys.find(first.kid)).toBeUndefined();
  });

  it('takes no private, symmetric or foreign keys', async () => {
    answer = () => ({
      status: 200,
      body: JSON.stringify({ keys: [first, { kty: 'oct', k: 'c2VjcmV0', kid: 'oct' }, { kty: 'RSA', n: 'x', e: 'AQAB', kid: 'rsa' }] }),
    });
    const keys = make();
    for (const id of [first.kid, 'oct', 'rsa']) expect(await keys.find(id)).toBeUndefined();
    expect(keys.isEmpty).toBe(true);
  });

  it('needs no address for keys it was told to trust', async () => {
    const keys = make();
    await keys.trust([publicKeyOf(first)]);
    expect(await keys.find(first.kid)).toBeDefined();
    expect(requests).toBe(0);
  });
});
