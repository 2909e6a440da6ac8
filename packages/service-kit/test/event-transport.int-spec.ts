import { randomUUID } from 'node:crypto';
import { databases, eventually } from '@concentric/testing';
import { idOut, Outbox } from '../src';
import { ConsumerInboxes } from '../src/events/consumer-inboxes';
import { behaviour, Line, lines, otherHappened, thingHappened } from './line.fixture';

const range = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

describe.each(lines(databases()))('messages, $name', ({ db, transport }) => {
  let line: Line;
  beforeEach(async () => {
    line = await Line.start(db, transport);
  });
  afterEach(() => line.close());

  it('delivers every event once to each consumer, in batches of up to 500', async () => {
    await line.publish(1_200);
    await eventually('the line to be quiet', () => line.quiet());
    expect(await line.seen('counts')).toEqual(range(1_200));
    expect(await line.seen('mirrors')).toEqual(range(1_200));
    const { published } = await line.producer.flow.snapshot();
    expect(published[thingHappened.type]).toBe(3);
    const largest = await line.rows<{ n: unknown }>(line.consumer, 'SELECT MAX(batch) AS n FROM seen');
    expect(Number(largest[0]?.n)).toBe(500);
  });

  it('inv 26: publishes nothing of a transaction that is rolled back', async () => {
    const failing = line.database(line.producer).transaction(async (tx) => {
      await line.producer.app.get(Outbox).add(tx, thingHappened, [{ n: 1 }]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await line.publish(1, 2);
    await eventually('the second fact', async () => (await line.seen('counts')).length > 0);
    expect(await line.seen('counts')).toEqual([2]);
  });

  it('inv 15, 26: an error after the effect leaves neither it nor a settled inbox row, and the attempt that succeeds leaves both', async () => {
    const written: number[] = [];
    behaviour.mirrors = async (_events, tx) => {
      const rows: unknown[] = await tx.query("SELECT n FROM seen WHERE consumer = 'mirrors'");
      written.push(rows.length);
      if (written.length < 3) throw new Error('after the effect');
    };
    await line.publish(1);
    await eventually('the line to be quiet', () => line.quiet());
    expect(written).toEqual([1, 1, 1]);
    expect(await line.seen('mirrors')).toEqual([0]);
    expect(await line.rows(line.consumer, "SELECT state, remaining FROM inbox WHERE consumer = 'mirrors-when-thing-happened'")).toEqual([
      { state: 'done', remaining: null },
    ]);
  });

  it('lets two consumers of one event fail and retry independently, and gives neither the other one’s objects', async () => {
    let failures = 0;
    behaviour.counts = () => {
      failures += 1;
      if (failures < 3) throw new Error('not yet');
    };
    behaviour.mirrors = (events) => events.forEach((event) => (event.data.n = -1));
    await line.publish(1, 7);
    await eventually('the line to be quiet', () => line.quiet());
    expect(await line.seen('counts')).toEqual([7]);
    expect(await line.seen('mirrors')).toEqual([7]);
    expect((await line.consumer.flow.snapshot()).deadLetters).toBe(0);
  });

  it('isolates poison, keeps its original error, lets the others flow, and repeats nothing', async () => {
    class OddNumberError extends Error {
      override name = 'OddNumberError';
    }
    behaviour.counts = (events) => {
      if (events.some(({ data }) => data.n === 333)) throw new OddNumberError('333 is odd');
    };
    await line.publish(500);
    await line.publish(100, 500);
    await eventually('the line to be quiet', () => line.quiet(), 20_000);
    expect(await line.seen('counts')).toEqual(range(600).filter((n) => n !== 333));
    expect(await line.seen('mirrors')).toEqual(range(600));
    const [letter, ...others] = await line.consumer.deadLetters.list();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      consumer: 'counts-when-thing-happened',
      errorName: 'OddNumberError',
      errorMessage: '333 is odd',
      attempts: 4,
    });
  });

  it('replays a dead letter once the cause is gone, and only once', async () => {
    behaviour.counts = () => Promise.reject(new Error('broken'));
    await line.publish(2);
    const letters = await eventually('both dead letters', async () => {
      const found = await line.consumer.deadLetters.list();
      return found.length === 2 && found;
    });
    await expect(line.consumer.deadLetters.replay(letters[0]?.id ?? '')).rejects.toThrow('broken');
    behaviour.counts = () => undefined;
    await Promise.all([line.consumer.deadLetters.replay('all'), line.consumer.deadLetters.replay('all')]);
    expect(await line.seen('counts')).toEqual([0, 1]);
    expect(await line.consumer.deadLetters.count()).toBe(0);
  });

  it('inv 13: does nothing twice when messages are delivered again', async () => {
    await line.publish(30);
    await eventually('the line to be quiet', () => line.quiet());
    await line.rows(line.producer, 'UPDATE outbox SET relayed_at = NULL');
    await line.publish(1, 30);
    await eventually('the line to be quiet', () => line.quiet());
    expect(await line.seen('counts')).toEqual(range(31));
  });

  it('finishes after a restart what it had half done', async () => {
    let broken = true;
    behaviour.counts = (events) => {
      if (broken && events.some(({ data }) => data.n === 3)) throw new Error('later');
    };
    await line.publish(8);
    await eventually('the good events', async () => (await line.seen('counts')).length === 7);
    await line.consumer.close();
    await line.producer.close();
    broken = false;
    await line.startConsumer();
    await line.startProducer();
    await eventually('the line to be quiet', () => line.quiet());
    expect(await line.seen('counts')).toEqual(range(8));
  });

  it('inv 13: counts an event once when its message is in one batch twice, whole or half done', async () => {
    let broken = true;
    behaviour.counts = (events) => {
      if (broken && events.some(({ data }) => data.n === 3)) throw new Error('later');
    };
    await line.publish(8);
    await eventually('the good events', async () => (await line.seen('counts')).length === 7);
    const [row] = await line.rows<{ message_id: Uint8Array; type: string; body: string }>(
      line.producer,
      'SELECT message_id, type, body FROM outbox',
    );
    if (!row) throw new Error('nothing was published');
    const message = { id: idOut(row.message_id), type: row.type, body: row.body, events: 8 };
    const inbox = line.consumer.app.get(ConsumerInboxes).of('counts-when-thing-happened');
    broken = false;
    expect(await inbox.handle([message, message])).toEqual([{ done: true }, { done: true }]);
    expect(await line.seen('counts')).toEqual(range(8));
    const fresh = { ...message, id: randomUUID(), body: message.body.replaceAll('"n":', '"n":10') };
    await inbox.handle([fresh, fresh]);
    expect(await line.seen('counts')).toHaveLength(16);
  });

  it('waits through an outage without counting attempts or giving up', async () => {
    let calls = 0;
    behaviour.counts = () => {
      calls += 1;
      if (calls <= 8) throw Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
    };
    await line.publish(3);
    await eventually('the line to be quiet', () => line.quiet());
    expect(await line.seen('counts')).toEqual([0, 1, 2]);
    expect(await line.consumer.deadLetters.count()).toBe(0);
  });

  it('keeps an event that nobody consumes, counts it as an error, and delivers it when somebody does', async () => {
    await line.publish(2, 0, otherHappened);
    await eventually('a counted attempt', async () => {
      const [row] = await line.rows<{ attempts: unknown; last_error: string }>(line.producer, 'SELECT attempts, last_error FROM outbox');
      return Number(row?.attempts) > 0 && row?.last_error.includes('no consumer');
    });
    expect((await line.producer.flow.snapshot()).unrelayed).toBe(1);
    await line.startLate();
    await eventually('the late consumer', async () => line.late && (await line.seen('follows', line.late)).length === 2);
  });

  it('dead-letters what does not match its contract at once', async () => {
    await line.publish(3);
    await eventually('the line to be quiet', () => line.quiet());
    const body = await line.rows<{ body: string; message_id: Buffer }>(line.producer, 'SELECT body, message_id FROM outbox');
    const events: { id: string; data: unknown }[] = JSON.parse(body[0]?.body ?? '[]');
    events[1] = { ...events[1], id: 'changed', data: { n: 'two' } };
    const id = Buffer.alloc(16, 9);
    await line.rows(
      line.producer,
      'INSERT INTO outbox (message_id, position, type, events, body, created_at, attempts, next_attempt_at) SELECT ?, position + 1, type, events, ?, created_at, 0, 0 FROM outbox',
      [id, JSON.stringify(events)],
    );
    await eventually('two dead letters', async () => (await line.consumer.deadLetters.count()) === 2);
    await eventually('the line to be quiet', () => line.quiet());
    const [letter] = await line.consumer.deadLetters.list();
    expect(letter).toMatchObject({ eventId: 'changed', errorName: 'ZodError', attempts: 0 });
    expect(await line.seen('counts')).toEqual([0, 0, 1, 2, 2]);
  });

  it('never mixes the transactions of parallel consumers', async () => {
    behaviour.counts = async (events, tx) => {
      await tx.query('SELECT COUNT(*) FROM seen');
      if (events.length > 1) throw new Error('one at a time');
    };
    behaviour.mirrors = async (_events, tx) => {
      await tx.query('SELECT COUNT(*) FROM seen');
    };
    for (const from of [0, 10, 20, 30]) await line.publish(10, from);
    await eventually('the line to be quiet', () => line.quiet());
    expect(await line.seen('counts')).toEqual(range(40));
    expect(await line.seen('mirrors')).toEqual(range(40));
  });
});
