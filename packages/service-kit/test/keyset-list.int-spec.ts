import { databases } from '@concentric/testing';
import { idIn, insertRows, namedId, type Page } from '../src';
import { type HttpFixture, noteList, startHttp } from './http.fixture';

const brand = idIn(namedId('brand/list'));
const where = [{ sql: 'n.brand_id = ?', params: [brand] as unknown[] }];

describe.each(databases())('a list, on $name', (db) => {
  let http: HttpFixture;
  // Many ties, missing values, and text whose order differs between collations.
  const topics = [null, 'a', 'B', 'b', 'A', '中文', 'é', null, 'a', 'z😀'];
  const total = 130;
  beforeAll(async () => {
    http = await startHttp(db);
    const rows = Array.from({ length: total }, (_, index) => [
      idIn(namedId(`note/${index}`)),
      brand,
      `n${index}`,
      topics[index % topics.length],
      1_700_000_000_000 + (index % 7),
    ]);
    await http.database.transaction((tx) => insertRows(tx, 'note', ['id', 'brand_id', 'code', 'topic', 'created_at'], rows));
  });
  afterAll(() => http?.close());

  const page = (query: {
    limit: number;
    sort?: string;
    cursor?: string;
  }): Promise<Page<{ id: string; code: string; topic: string | null }>> =>
    http.database.read((tx) => noteList.page(tx, { query, where })) as never;

  it.each(['code', '-code', 'topic', '-topic', 'createdAt', '-createdAt', 'id', '-id'])(
    'shows every row exactly once sorted by %s, whatever the page size',
    async (sort) => {
      const whole = (await page({ limit: 500, sort })).data.map(({ id }) => id);
      expect(new Set(whole).size).toBe(total);
      for (const limit of [1, 7, 13, 130]) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const at: Page<{ id: string }> = await page({ limit, sort, ...(cursor === undefined ? {} : { cursor }) });
          expect(at.total).toBe(total);
          expect(at.pageInfo.hasPreviousPage).toBe(cursor !== undefined);
          seen.push(...at.data.map(({ id }) => id));
          cursor = at.pageInfo.nextCursor ?? undefined;
          expect(at.pageInfo.hasNextPage).toBe(cursor !== undefined);
        } while (cursor !== undefined && seen.length <= total);
        expect(seen).toEqual(whole);
      }
    },
  );

  it('sorts the same on every dialect: missing values first, then by code point', async () => {
    const { data } = await page({ limit: 500, sort: 'topic' });
    const order = data.map(({ topic }) => topic).filter((topic, index, all) => index === 0 || topic !== all[index - 1]);
    expect(order).toEqual([null, 'A', 'B', 'a', 'b', 'z😀', 'é', '中文']);
  });

  it('neither repeats nor hides rows when others are written between two pages', async () => {
    const first = await page({ limit: 50, sort: 'code' });
    const extra = ['', '!before', 'zz-after'].map((code, index) => [idIn(namedId(`extra/${index}`)), brand, code, null, 0]);
    await http.database.transaction((tx) => insertRows(tx, 'note', ['id', 'brand_id', 'code', 'topic', 'created_at'], extra));
    const rest = await page({ limit: 500, sort: 'code', cursor: first.pageInfo.nextCursor ?? '' });
    const codes = [...first.data, ...rest.data].map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toHaveLength(total + 1);
    await http.database.transaction((tx) => tx.query("DELETE FROM note WHERE code IN ('', '!before', 'zz-after')"));
  });

  it('refuses cursors of another sort and made up ones', async () => {
    const { pageInfo } = await page({ limit: 5, sort: 'code' });
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cursors = [
      pageInfo.nextCursor ?? '',
      made(['topic', 'a', 'b']),
      made(['topic', 'a', null]),
      made(['topic', 1, { x: 'zz' }]),
      made({}),
      made(null),
      '%%%',
      made(['topic', { x: "'" }, { x: '00' }]),
    ];
    for (const cursor of cursors) await expect(page({ limit: 5, sort: 'topic', cursor })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('stops counting at ten thousand and says so', async () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => [
      idIn(namedId(`many/${index}`)),
      Buffer.alloc(16, 1),
      `m${index}`,
      null,
      index,
    ]);
    await http.database.transaction((tx) => insertRows(tx, 'note', ['id', 'brand_id', 'code', 'topic', 'created_at'], rows));
    const many = await http.database.read((tx) =>
      noteList.page(tx, { query: { limit: 1 }, where: [{ sql: 'n.brand_id = ?', params: [Buffer.alloc(16, 1)] }] }),
    );
    expect([many.total, many.totalIsCapped]).toEqual([10_000, true]);
  });
});
