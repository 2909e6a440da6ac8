import { databases } from '@concentric/testing';
import { SystemClock } from '../src/clock/clock';
import { createDataSource } from '../src/database/data-source';
import { afterCommit, type Tx } from '../src/database/database';
import { isDuplicateKey } from '../src/database/database.errors';
import { idIn, idOut, namedId, newId } from '../src/database/ids';
import { int } from '../src/database/int';
import { migrate } from '../src/database/migrate';
import { readConstraints } from '../src/database/read-constraints';
import { execute, insertRows, rowLock, selectIn, sendRows, updateRows } from '../src/database/rows';
import { schemaDrift } from '../src/database/schema-drift';
import { Account, LedgerTables1700000000100, openLedger, Posting, type Ledger } from './database.fixture';

const clock = new SystemClock();
const brand = idIn(namedId('brand/test'));
const columns = ['id', 'brand_id', 'code', 'balance_minor', 'currency', 'owner_id'] as const;
const account = (code: string, balance = 0, owner: Buffer | null = null) => [idIn(namedId(code)), brand, code, balance, 'CNY', owner];

describe.each(databases())('a service database on $name', (db) => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await openLedger(db, { insideMs: 100, outsideMs: 20_000 });
  });
  afterAll(() => ledger?.close());
  beforeEach(() => ledger.database.transaction((tx) => execute(tx, 'DELETE FROM account')));

  const balances = async () => {
    const rows: { code: string; balance_minor: unknown }[] = await ledger.database.read((tx) =>
      tx.query('SELECT code, balance_minor FROM account ORDER BY code'),
    );
    return Object.fromEntries(rows.map((row) => [row.code, int(row.balance_minor)]));
  };
  const open = (...rows: unknown[][]) => ledger.database.transaction((tx) => insertRows(tx, 'account', columns, rows));

  describe('transactions', () => {
    it('inv 26: leaves nothing of a transaction that failed', async () => {
      const work = ledger.database.transaction(async (tx) => {
        await insertRows(tx, 'account', columns, [account('a'), account('b')]);
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      expect(await balances()).toEqual({});
    });

    it('does not mix twenty parallel transactions', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) =>
          ledger.database.transaction(async (tx) => {
            await insertRows(tx, 'account', columns, [account(`p${i}`, i)]);
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
            if (i % 4 === 0) throw new Error(`fails ${i}`);
            await execute(tx, 'UPDATE account SET balance_minor = balance_minor + 1 WHERE code = ?', [`p${i}`]);
          }),
        ),
      );
      expect(results.map((r) => r.status)).toEqual(Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 'rejected' : 'fulfilled')));
      const expected = Array.from({ length: 20 }, (_, i) => i).filter((i) => i % 4 !== 0);
      expect(await balances()).toEqual(Object.fromEntries(expected.map((i) => [`p${i}`, i + 1])));
    });

    it('does not show others what is not committed', async () => {
      let seen: Promise<unknown> | undefined;
      await ledger.database
        .transaction(async (tx) => {
          await insertRows(tx, 'account', columns, [account('secret')]);
          seen = new Promise((resolve) => setImmediate(() => resolve(balances())));
          await new Promise((resolve) => setTimeout(resolve, 20));
          throw new Error('rolled back');
        })
        .catch(() => undefined);
      expect(await seen).toEqual({});
    });

    it('inv 25: loses no increment of a hot row, whoever meets whom', async () => {
      await open(account('hot'), account('cold'));
      await Promise.all(
        Array.from({ length: 24 }, (_, i) =>
          ledger.database.transaction(async (tx) => {
            // Opposite orders: on a server that means deadlocks, each of which runs again as a whole.
            for (const code of i % 2 ? ['hot', 'cold'] : ['cold', 'hot']) {
              await execute(tx, 'UPDATE account SET balance_minor = balance_minor + 1 WHERE code = ?', [code]);
            }
          }),
        ),
      );
      expect(await balances()).toEqual({ hot: 24, cold: 24 });
    });

    it('inv 25: runs the whole of a unit of work again when the database asks for it, but not for ever', async () => {
      const busy = Object.assign(new Error('try again'), { code: db.dialect === 'sqlite' ? 'SQLITE_BUSY' : 'ER_LOCK_DEADLOCK' });
      let attempts = 0;
      const failing = (times: number) =>
        ledger.database.transaction(async (tx) => {
          attempts += 1;
          await insertRows(tx, 'account', columns, [account('once')]);
          if (attempts <= times) throw busy;
        });
      await failing(2);
      expect([attempts, await balances()]).toEqual([3, { once: 0 }]);
      attempts = 0;
      await ledger.database.transaction((tx) => execute(tx, 'DELETE FROM account'));
      await expect(failing(100)).rejects.toThrow('try again');
      expect(attempts).toBe(6);
    });

    if (db.dialect === 'mysql') {
      it('inv 25: survives a real deadlock', async () => {
        await open(account('one'), account('two'));
        let attempts = 0;
        let arrived = 0;
        let bothHold: () => void = () => undefined;
        const both = new Promise<void>((resolve) => (bothHold = resolve));
        const add = (tx: Tx, code: string) =>
          execute(tx, 'UPDATE account SET balance_minor = balance_minor + 1 WHERE code = ? AND brand_id = ?', [code, brand]);
        const cross = (first: string, second: string) =>
          ledger.database.transaction(async (tx) => {
            attempts += 1;
            await add(tx, first);
            if ((arrived += 1) === 2) bothHold();
            await both;
            await add(tx, second);
          });
        await Promise.all([cross('one', 'two'), cross('two', 'one')]);
        expect(await balances()).toEqual({ one: 2, two: 2 });
        expect(attempts).toBe(3);
      });
    }

    it('counts a row that was found as affected, changed or not', async () => {
      await open(account('a', 5));
      const affected = await ledger.database.transaction(async (tx) => [
        await execute(tx, 'UPDATE account SET balance_minor = 5 WHERE code = ?', ['a']),
        await execute(tx, 'UPDATE account SET balance_minor = balance_minor - 10 WHERE code = ? AND balance_minor >= 10', ['a']),
      ]);
      expect(affected).toEqual([1, 0]);
    });

    it('acts after a commit and not after a rollback', async () => {
      const acts: string[] = [];
      const work = (name: string, fail: boolean) =>
        ledger.database.transaction(async (tx) => {
          afterCommit(tx, () => acts.push(name));
          await insertRows(tx, 'account', columns, [account(name)]);
          expect(acts).not.toContain(name);
          if (fail) throw new Error('no');
        });
      await work('kept', false);
      await expect(work('undone', true)).rejects.toThrow('no');
      expect(acts).toEqual(['kept']);
    });

    if (db.dialect === 'sqlite') {
      it('says what is wrong when a transaction uses the outer connection, and goes on', async () => {
        const work = ledger.database.transaction(async (tx) => {
          await insertRows(tx, 'account', columns, [account('a')]);
          await ledger.source.query('SELECT COUNT(*) FROM account');
        });
        await expect(work).rejects.toThrow(/use the tx that the transaction was given/);
        await open(account('b'));
        expect(await balances()).toEqual({ b: 0 });
      });

      it('lets timers run while it writes much', async () => {
        let turns = 0;
        const timer = setInterval(() => (turns += 1), 5);
        await open(...Array.from({ length: 30_000 }, (_, i) => account(`t${i}`)));
        clearInterval(timer);
        expect(turns).toBeGreaterThan(4);
      });
    }
  });

  describe('many rows', () => {
    it('inserts more rows than a statement holds and finds them all again', async () => {
      const codes = Array.from({ length: 1234 }, (_, i) => `c${i}`);
      expect(await open(...codes.map((code, i) => account(code, i)))).toBe(1234);
      const found = await ledger.database.read((tx) =>
        selectIn<{ id: Buffer; code: string }>(
          tx,
          'SELECT id, code FROM account WHERE brand_id = ? AND code IN (?in) AND balance_minor >= ?',
          codes,
          [brand],
          [0],
        ),
      );
      expect(found).toHaveLength(1234);
      expect(found.every((row) => Buffer.isBuffer(row.id) && idOut(row.id) === namedId(row.code))).toBe(true);
      expect(await ledger.database.read((tx) => selectIn(tx, 'SELECT id FROM account WHERE code IN (?in)', []))).toEqual([]);
    });

    it('tells a duplicate from other refusals', async () => {
      await open(account('a'));
      const failure = async (work: Promise<unknown>) => isDuplicateKey(await work.catch((error: unknown) => error));
      expect(await failure(open(account('a')))).toBe(true);
      expect(await failure(open([idIn(newId(clock)), brand, 'a', 0, 'CNY', null]))).toBe(true);
      expect(await failure(open(account('b', -5000)))).toBe(false);
    });

    it('inv 26: keeps nothing when a statement fails that nobody waited for, whatever follows it', async () => {
      await open(account('there'));
      const afterwards: ((tx: Tx) => Promise<unknown>)[] = [
        async () => undefined,
        (tx) => sendRows(tx, 'account', columns, [account('later')]),
        (tx) => insertRows(tx, 'account', columns, [account('later')]),
        (tx) => updateRows(tx, 'account', ['id'], ['balance_minor'], [[idIn(namedId('there')), 7]]),
        (tx) => tx.query("UPDATE account SET balance_minor = 7 WHERE code = 'there'"),
        // It is the same error, whoever hears of it and does not mind.
        (tx) => tx.query('SELECT code FROM account').catch(() => tx.query("UPDATE account SET balance_minor = 7 WHERE code = 'there'")),
        () => Promise.reject(new Error('something else')),
      ];
      for (const next of afterwards) {
        const work = ledger.database.transaction(async (tx) => {
          await sendRows(tx, 'account', columns, [account('new'), account('there')]);
          await next(tx);
        });
        await expect(work).rejects.toThrow(/something else|duplicate|unique/i);
        expect(await balances()).toEqual({ there: 0 });
      }
      await ledger.database.transaction((tx) => sendRows(tx, 'account', columns, [account('new', 5)]));
      expect(await balances()).toEqual({ new: 5, there: 0 });
    });

    it('lets whoever waited for a statement go on after it failed', async () => {
      await open(account('there'));
      await ledger.database.transaction(async (tx) => {
        await expect(insertRows(tx, 'account', columns, [account('there')])).rejects.toThrow(/duplicate|unique/i);
        await insertRows(tx, 'account', columns, [account('instead', 3)]);
      });
      expect(await balances()).toEqual({ instead: 3, there: 0 });
    });

    it('ignores duplicates and nothing else', async () => {
      await open(account('a', 1));
      const written = await ledger.database.transaction((tx) =>
        insertRows(tx, 'account', columns, [account('a', 9), account('b', 2), account('b', 3)], 'ignore'),
      );
      expect([written, await balances()]).toEqual([1, { a: 1, b: 2 }]);
      const nulls = ledger.database.transaction((tx) =>
        insertRows(tx, 'account', columns, [account('a'), [idIn(newId(clock)), brand, null, 0, 'CNY', null]], 'ignore'),
      );
      await expect(nulls).rejects.toThrow();
      const overdrawn = ledger.database.transaction((tx) => insertRows(tx, 'account', columns, [account('c', -5000)], 'ignore'));
      await expect(overdrawn).rejects.toThrow();
    });

    it('overwrites and increments rows that are there, in the order given', async () => {
      await open(account('a', 10));
      const upsert = (tx: Tx) =>
        insertRows(tx, 'account', columns, [account('a', 5), account('b', 1), account('b', 2)], {
          key: ['id'],
          set: ['currency'],
          add: ['balance_minor'],
        });
      await ledger.database.transaction(upsert);
      expect(await balances()).toEqual({ a: 15, b: 3 });
    });

    it('updates each row with its own values and counts those it found', async () => {
      const codes = Array.from({ length: 700 }, (_, i) => `c${String(i).padStart(4, '0')}`);
      await open(...codes.map((code) => account(code)));
      const rows = [...codes.map((code, i) => [brand, code, i, i % 2 ? `note ${i}` : null]), [brand, 'nobody', 1, 'x']];
      expect(
        await ledger.database.transaction((tx) => updateRows(tx, 'account', ['brand_id', 'code'], ['balance_minor', 'note'], rows)),
      ).toBe(700);
      const after = await ledger.source.getRepository(Account).find({ order: { code: 'ASC' } });
      expect(after.every((row, i) => row.balanceMinor === i && row.note === (i % 2 ? `note ${i}` : null))).toBe(true);
    });

    it('updates those rows of which all become the same, and no others', async () => {
      const codes = Array.from({ length: 700 }, (_, i) => `c${String(i).padStart(4, '0')}`);
      await open(...codes.map((code) => account(code)), account('other'));
      const rows = [...codes, 'nobody'].map((code) => [idIn(namedId(code)), 7, "it's"]);
      const change = (tx: Tx) => updateRows(tx, 'account', ['id'], ['balance_minor', 'note'], rows);
      expect(await ledger.database.transaction(change)).toBe(700);
      const after = await ledger.source.getRepository(Account).find();
      expect(
        after.every(({ code, balanceMinor, note }) => (code === 'other' ? balanceMinor === 0 : balanceMinor === 7 && note === "it's")),
      ).toBe(true);
    });

    it('locks rows without complaint', async () => {
      await open(account('a'));
      await ledger.database.transaction(async (tx) => {
        for (const kind of ['share', 'update', 'skip-locked'] as const) {
          expect(await tx.query(`SELECT code FROM account WHERE code = ?${rowLock(tx, kind)}`, ['a'])).toEqual([{ code: 'a' }]);
        }
      });
    });
  });

  describe('values', () => {
    it('inv 1: keeps the largest safe amounts exactly and refuses to read larger ones', async () => {
      await open(account('max', Number.MAX_SAFE_INTEGER));
      expect(await balances()).toEqual({ max: Number.MAX_SAFE_INTEGER });
      await ledger.database.transaction((tx) => execute(tx, 'UPDATE account SET balance_minor = balance_minor + 2'));
      await expect(balances()).rejects.toThrow(RangeError);
    });

    it('refuses fractions and text that is too long', async () => {
      await expect(open(account('a', 1.5))).rejects.toThrow();
      await expect(open(account('x'.repeat(65)))).rejects.toThrow();
      expect(await balances()).toEqual({});
    });

    it('brings texts back as they went in', async () => {
      const texts = [
        '',
        ' ',
        "it's",
        '"quoted"',
        'back\\slash',
        "\\'; --",
        '?',
        '??',
        '100%',
        'two\nlines\t',
        '退款🎁',
        '/* no */ # comment -- either',
      ];
      const rows = texts.map((text, i) => [...account(`t${i}`), text]);
      await ledger.database.transaction((tx) => insertRows(tx, 'account', [...columns, 'note'], rows));
      await ledger.database.transaction((tx) =>
        updateRows(
          tx,
          'account',
          ['id'],
          ['code', 'note'],
          rows.map((row) => [row[0], row[2], row.at(-1)]),
        ),
      );
      const found = await ledger.source.getRepository(Account).find();
      expect(new Map(found.map(({ code, note }) => [code, note]))).toEqual(new Map(texts.map((text, i) => [`t${i}`, text])));
      const asked = await ledger.database.read((tx) =>
        selectIn<{ note: string }>(tx, 'SELECT note FROM account WHERE note IN (?in)', texts),
      );
      expect(asked.map(({ note }) => note).sort()).toEqual([...texts].sort());
    });

    it('brings entities back as they went in', async () => {
      const posting = {
        id: newId(clock),
        accountId: newId(clock),
        amountMinor: -12345,
        postedAt: clock.now(),
        businessDate: '2026-02-28',
        period: '2026-02',
        inputHash: Buffer.alloc(32, 9),
        reversed: true,
        detail: { reason: '退款', parts: [1, 2] },
      };
      await ledger.source.getRepository(Posting).insert(posting);
      expect(await ledger.source.getRepository(Posting).findOneByOrFail({ id: posting.id })).toEqual(posting);
    });

    it('divides whole numbers bound as parameters alike and joins text with ||', async () => {
      const [row] = await ledger.database.read((tx) => tx.query("SELECT code || '-' || ? AS joined FROM (SELECT 'a' AS code) x", ['b']));
      expect(row).toEqual({ joined: 'a-b' });
      await open(account('A'), account('a'), account('ä'));
      expect(Object.keys(await balances())).toEqual(['A', 'a', 'ä']);
    });
  });

  describe('the schema', () => {
    it('needs nothing more than the migrations made', async () => {
      expect(await schemaDrift(ledger.source)).toEqual([]);
    });

    it('reads every constraint back', async () => {
      // Through the owner: a restricted account need not see triggers.
      const owner = await createDataSource({
        service: 'distribution',
        config: ledger.schema.config,
        entities: [],
        migrations: [],
        as: 'owner',
      });
      const found = (await readConstraints(owner).finally(() => owner.destroy())).filter((c) => ['account', 'posting'].includes(c.table));
      const short = found.map((c) =>
        [c.table, c.kind, c.name, c.kind === 'check' || c.kind === 'generated' ? '' : c.definition].join(' ').trim(),
      );
      expect(short).toEqual([
        'account check account_not_overdrawn',
        'account generated active_owner',
        'account index account_owner owner_id',
        'account primary primary id',
        'account unique account_active_owner active_owner',
        'account unique account_code brand_id,code',
        'posting primary primary id',
        'posting trigger posting_no_delete delete',
        'posting trigger posting_no_update update',
      ]);
      const definition = (kind: string) => found.find((c) => c.kind === kind)?.definition.replaceAll('`', '');
      expect(definition('check')).toMatch(/balance_minor >= -1000/i);
      expect(definition('generated')).toMatch(/case when ended_at is null then owner_id end/i);
    });

    it('enforces checks and the unique key over an expression', async () => {
      const owner = idIn(newId(clock));
      await open(account('a', 0, owner));
      await expect(open(account('b', 0, owner))).rejects.toThrow();
      await ledger.database.transaction((tx) => execute(tx, 'UPDATE account SET ended_at = ? WHERE code = ?', [clock.now(), 'a']));
      await open(account('b', 0, owner), account('c'), account('d'));
      await expect(open(account('e', -1001))).rejects.toThrow(/account_not_overdrawn/);
    });

    it('inv 23: refuses to change what is append-only, for the owner of the schema too', async () => {
      const posting = [idIn(newId(clock)), brand, 1, 1, '2026-01-01', '2026-01', Buffer.alloc(32)];
      const owner = await createDataSource({
        service: 'distribution',
        config: ledger.schema.config,
        entities: [],
        migrations: [],
        as: 'owner',
      });
      try {
        await ledger.database.transaction((tx) =>
          insertRows(
            tx,
            'posting',
            ['id', 'account_id', 'amount_minor', 'posted_at', 'business_date', 'period', 'input_hash'],
            [posting, posting],
            'ignore',
          ),
        );
        for (const sql of ['UPDATE posting SET amount_minor = 2', 'DELETE FROM posting']) {
          await expect(owner.query(sql)).rejects.toThrow(/posting is append-only/);
          await expect(ledger.source.query(sql)).rejects.toThrow(db.dialect === 'sqlite' ? /append-only/ : /command denied/);
        }
      } finally {
        await owner.destroy();
      }
    });

    it('migrates once, however often and in parallel it is asked', async () => {
      const again = () =>
        createDataSource({
          service: 'distribution',
          config: ledger.schema.config,
          entities: [Account],
          migrations: [LedgerTables1700000000100],
          as: 'owner',
        });
      const sources = await Promise.all([again(), again()]);
      await Promise.all(sources.map((source) => migrate(source, ledger.schema.grantsTo)));
      await Promise.all(sources.map((source) => source.destroy()));
      expect(await schemaDrift(ledger.source)).toEqual([]);
    });

    it('reports what drifted', async () => {
      const owner = await createDataSource({
        service: 'distribution',
        config: ledger.schema.config,
        entities: [Account, Posting],
        migrations: [],
        as: 'owner',
      });
      try {
        await owner.query('DROP INDEX account_code' + (db.dialect === 'mysql' ? ' ON account' : ''));
        await owner.query('ALTER TABLE posting DROP COLUMN period');
        expect(await schemaDrift(owner)).toEqual(['account has no unique index on (brand_id,code)', 'posting.period is missing']);
      } finally {
        await owner.destroy();
      }
    });
  });
});
