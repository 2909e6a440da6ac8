import { databases } from '@concentric/testing';
import { Audit, createDataSource, DomainError, execute, Idempotency, namedId, newId, schemaDrift, SystemClock, correlation } from '../src';
import { asProblem, type HttpFixture, startHttp } from './http.fixture';

const brandId = namedId('brand/one');
const clock = new SystemClock();

describe.each(databases())('a write that is repeated, on $name', (db) => {
  let http: HttpFixture;
  let token: string;
  beforeAll(async () => {
    http = await startHttp(db);
    token = await http.operators.token({ permissions: ['commerce.note.write'] });
  });
  afterAll(() => http?.close());

  const create = (key: string | undefined, body: object, by = token) =>
    http.request(`/brands/${brandId}/notes`, {
      method: 'POST',
      token: by,
      body: JSON.stringify(body),
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const written = async (code: string) => {
    const rows: unknown[] = await http.database.read((tx) => tx.query('SELECT id FROM note WHERE code = ?', [code]));
    return rows.length;
  };

  it('needs a key', async () => {
    for (const key of [undefined, '', 'a b', 'x'.repeat(201), 'ünïcode'.normalize('NFD').replace(/[^\x00-\xff]/g, '\xfc')]) {
      const answer = await create(key, { code: 'keyless' });
      expect(answer.status).toBe(400);
      expect(asProblem(answer).errors?.[0]).toMatchObject({ field: 'Idempotency-Key', code: 'idempotency_key_missing' });
    }
    expect(await written('keyless')).toBe(0);
  });

  it('answers the first answer again, whatever the order of fields, and says so', async () => {
    const first = await create('key-again', { code: 'again', topic: 't' });
    const second = await create('"key-again"', { topic: 't', code: 'again' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    expect(await written('again')).toBe(1);
  });

  it('refuses the same key with another body', async () => {
    await create('key-other', { code: 'other' });
    const answer = await create('key-other', { code: 'other', topic: 'changed' });
    expect([answer.status, asProblem(answer).code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('keeps the keys of operators apart', async () => {
    const somebody = await http.operators.token({ permissions: ['commerce.note.write'] });
    expect((await create('key-shared', { code: 'shared-1' })).status).toBe(201);
    expect((await create('key-shared', { code: 'shared-2' }, somebody)).status).toBe(201);
  });

  it('has one effect when fifty arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create('key-fifty', { code: 'fifty' })));
    expect(await written('fifty')).toBe(1);
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text));
    expect(ids.size).toBe(1);
    for (const answer of answers) if (answer.status === 409) expect(asProblem(answer).code).toBe('idempotency_key_running');
    expect((await create('key-fifty', { code: 'fifty' })).status).toBe(201);
  });

  it('has one effect when two processes do it at once', async () => {
    const others = await Promise.all(Array.from({ length: 4 }, async () => new Idempotency(http.database, clock)));
    let effects = 0;
    const use = { operatorId: 'o', route: 'POST /x', key: 'k', body: { a: 1 } };
    const answers = await Promise.all(
      others.map((idempotency) =>
        idempotency.run(use, async (tx) => {
          await execute(tx, 'INSERT INTO note (id, brand_id, code, topic, created_at) VALUES (?, ?, ?, NULL, 0)', [
            Buffer.from(newId(clock).replaceAll('-', ''), 'hex'),
            Buffer.alloc(16),
            `process-${(effects += 1)}`,
          ]);
          return { effect: effects };
        }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const rows: unknown[] = await http.database.read((tx) => tx.query("SELECT id FROM note WHERE code LIKE 'process-%'"));
    expect(rows).toHaveLength(1);
  });

  it('leaves nothing behind when the work fails, so that the key can be used again', async () => {
    const refused = await create('key-failed', { code: 'refused' });
    expect([refused.status, asProblem(refused).code]).toEqual([409, 'note_refused']);
    expect(await written('refused')).toBe(0);
    expect((await create('key-failed', { code: 'accepted' })).status).toBe(201);
  });

  it('does not take a duplicate of the work itself for a repetition', async () => {
    await create('key-dup-1', { code: 'taken' });
    const answer = await create('key-dup-2', { code: 'taken' });
    expect(answer.status).toBe(500);
  });

  describe('the audit log', () => {
    it('commits with what it records and carries the correlation id', async () => {
      const audit = new Audit(clock);
      const entry = {
        actorId: 'somebody',
        action: 'note.created',
        entityType: 'note',
        entityId: 'n1',
        brandId,
        reason: 'because',
        before: { a: 1 },
        after: { a: 2 },
      };
      await expect(
        http.database.transaction(async (tx) => {
          await audit.record(tx, entry);
          throw new DomainError({ code: 'x', status: 409, title: 'no' });
        }),
      ).rejects.toThrow('no');
      const context = correlation.from({ requestId: 'request-17' });
      await correlation.run(context, () => http.database.transaction((tx) => audit.record(tx, [entry, { ...entry, entityId: 'n2' }])));
      const rows: { entity_id: string; correlation_id: string; after_value: string }[] = await http.database.read((tx) =>
        tx.query('SELECT entity_id, correlation_id, after_value FROM audit_log ORDER BY entity_id'),
      );
      expect(rows.map((row) => ({ ...row }))).toEqual([
        { entity_id: 'n1', correlation_id: 'request-17', after_value: '{"a":2}' },
        { entity_id: 'n2', correlation_id: 'request-17', after_value: '{"a":2}' },
      ]);
    });

    it.each(['UPDATE audit_log SET actor_id = ?', 'DELETE FROM audit_log WHERE actor_id <> ?'])('refuses %s', async (sql) => {
      await expect(http.database.transaction((tx) => execute(tx, sql, ['x']))).rejects.toThrow();
    });
  });

  it('has the tables its entities describe', async () => {
    const source = await createDataSource({ service: 'commerce', config: http.config, entities: [], migrations: [] });
    try {
      expect((await schemaDrift(source)).filter((line) => /idempotency|audit/.test(line))).toEqual([]);
    } finally {
      await source.destroy();
    }
  });
});
