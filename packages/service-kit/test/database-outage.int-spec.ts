import { connect, createServer, type Server, type Socket } from 'node:net';
import { databases, describeWith } from '@concentric/testing';
import { namedId } from '../src';
import { asProblem, type HttpFixture, startHttp } from './http.fixture';

const brandId = namedId('brand/one');

/** A door in front of the database server that can be shut. */
class Door {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly target: URL) {
    this.server = createServer((incoming) => {
      const outgoing = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [incoming, outgoing]) {
        this.sockets.add(socket);
        socket
          .on('error', () => undefined)
          .on('close', () => {
            this.sockets.delete(socket);
            incoming.destroy();
            outgoing.destroy();
          });
      }
      incoming.pipe(outgoing).pipe(incoming);
    });
  }

  async open(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async shut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

describeWith('mariadb', 'while the database server is away', () => {
  const db = databases().find(({ dialect }) => dialect === 'mysql') ?? { name: 'mariadb', dialect: 'mysql' };
  let http: HttpFixture;
  let door: Door | undefined;
  let port: number;
  beforeAll(async () => {
    http = await startHttp(db, undefined, async ({ databaseUrl }) => {
      if (databaseUrl === undefined) return {};
      const url = new URL(databaseUrl);
      door = new Door(new URL(databaseUrl));
      port = await door.open();
      url.port = String(port);
      return { databaseUrl: url.toString() };
    });
  });
  afterAll(async () => {
    await http?.close();
    await door?.shut();
  });

  it('reads and writes are answered 503 with when to come back, liveness stays, readiness goes', async () => {
    const token = await http.operators.token({ permissions: ['commerce.note.read', 'commerce.note.write'] });
    const notes = `/brands/${brandId}/notes`;
    const write = () => http.request(notes, { method: 'POST', token, body: '{"code":"a"}', headers: { 'idempotency-key': 'outage' } });
    expect((await http.request('/ops/ready')).status).toBe(200);
    await door?.shut();
    for (const answer of [await http.request(notes, { token }), await write(), await http.request(notes, { token })]) {
      expect([answer.status, asProblem(answer).code, answer.headers.get('retry-after')]).toEqual([503, 'database_unavailable', '5']);
    }
    expect((await http.request('/ops/live')).status).toBe(200);
    expect(asProblem(await http.request('/ops/ready'))).toMatchObject({ status: 503, detail: 'database' });
    await door?.open(port);
    expect((await write()).status).toBe(201);
    expect((await http.request('/ops/ready')).status).toBe(200);
  });
});
