import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session, type ServiceUrls } from './api';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

it('sends again, under the same key, what met a closing connection or a database that was too busy', async () => {
  const keys: unknown[] = [];
  server = createServer((request, response) => {
    if (request.url === '/api/organization/sign-in')
      return response.end(JSON.stringify({ token: 't', expiresAt: '2999-01-01T00:00:00.000Z' }));
    keys.push(request.headers['idempotency-key']);
    if (keys.length === 1) return request.socket.destroy();
    response.statusCode = keys.length === 2 ? 503 : 200;
    return response.end('{"accepted":1}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const session = new Session({ organization: url, commerce: url } as ServiceUrls, 'anyone', 'secret');
  await expect(session.post('commerce', '/orders/batch', {})).resolves.toEqual({ accepted: 1 });
  expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
});

it('hands in a file as it is', async () => {
  const taken: unknown[] = [];
  server = createServer((request, response) => {
    if (request.url === '/api/organization/sign-in')
      return response.end(JSON.stringify({ token: 't', expiresAt: '2999-01-01T00:00:00.000Z' }));
    let body = '';
    request.on('data', (part) => (body += String(part))).on('end', () => response.end('{}'));
    return request.on('end', () => taken.push(request.headers['content-type'], body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Session({ organization: url, distribution: url } as ServiceUrls, 'anyone', 'secret').upload(
    'distribution',
    '/f',
    'a,b\n1,"2"\n',
  );
  expect(taken).toEqual(['text/csv', 'a,b\n1,"2"\n']);
});
