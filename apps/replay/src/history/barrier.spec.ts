import type { ServiceName } from '@concentric/contracts';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Session } from '../target/api';
import { DeadLetterError, openWork, StuckError, waitUntilQuiet, type Flow } from './barrier';

const rest: Flow = { published: {}, unrelayed: 0, handled: {}, deadLetters: 0, pendingWork: {} };
const publishing = (count: number): Flow => ({ ...rest, published: { paid: count } });
const handling = (messages: number): Flow => ({ ...rest, handled: { book: { types: ['paid'], messages } } });

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Services that answer with the next of their flows each time they are asked, and stay with the last. */
async function sessionWith(script: Partial<Record<ServiceName, Flow[]>>): Promise<{ session: Session; asked: () => number }> {
  let asked = 0;
  server = createServer((request, response) => {
    const [, , service, ...rest_] = (request.url ?? '').split('/');
    response.setHeader('content-type', 'application/json');
    if (rest_[0] === 'sign-in') return response.end(JSON.stringify({ token: 't', expiresAt: '2999-01-01T00:00:00.000Z' }));
    if (rest_[1] === 'dead-letters') return response.end(JSON.stringify({ data: [{ error: 'no such column' }] }));
    asked += 1;
    const flows = script[service as ServiceName] ?? [rest];
    return response.end(JSON.stringify(flows.length > 1 ? flows.shift() : flows[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const urls = { commerce: url, membership: url, distribution: url, indicators: url, organization: url, 'content-planning': url };
  return { session: new Session(urls, 'anyone', 'secret'), asked: () => asked };
}

describe('the barrier between two days', () => {
  it('waits until a consumer has handled what another service published', async () => {
    const { session, asked } = await sessionWith({
      commerce: [publishing(1), publishing(3)],
      membership: [handling(0), handling(1), handling(3)],
    });
    await waitUntilQuiet(session, ['commerce', 'membership']);
    expect(asked()).toBeGreaterThanOrEqual(6);
  });

  it('goes back to a service to which a later one has given work', async () => {
    const { session } = await sessionWith({ membership: [handling(0), handling(0), handling(2)], distribution: [publishing(2)] });
    await expect(waitUntilQuiet(session, ['commerce', 'membership', 'distribution'])).resolves.toBeUndefined();
  });

  it('does not take two different quiet answers for rest', async () => {
    const { session } = await sessionWith({ commerce: [publishing(1), publishing(2), publishing(3)] });
    await waitUntilQuiet(session, ['commerce']);
    expect((await session.get<Flow>('commerce', '/ops/flow')).published).toEqual({ paid: 3 });
  });

  it('ends with the reason when a message could not be handled, or when nothing moves any more', async () => {
    const dead = await sessionWith({ commerce: [{ ...rest, deadLetters: 1 }] });
    await expect(waitUntilQuiet(dead.session, ['commerce'])).rejects.toThrow(DeadLetterError);
    await expect(waitUntilQuiet(dead.session, ['commerce'])).rejects.toThrow(/no such column/);
    server.close();
    const stuck = await sessionWith({ distribution: [{ ...rest, pendingWork: { decisions: 4 } }] });
    const waiting = waitUntilQuiet(stuck.session, ['distribution'], 30);
    await expect(waiting).rejects.toThrow(StuckError);
    await expect(waiting).rejects.toThrow(/distribution has 4 of decisions to do/);
  });

  it('says what is open and who has to act on it', () => {
    expect(openWork({ commerce: { ...publishing(5), unrelayed: 2 }, indicators: handling(4) })).toEqual([
      { service: 'commerce', what: 'commerce has 2 message(s) to send' },
      { service: 'indicators', what: 'book has handled 4 of 5' },
    ]);
  });
});
