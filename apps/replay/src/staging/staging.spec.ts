import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Day } from '../history/day';
import { parseManifest, readManifest } from '../manifest/manifest.reader';
import type { Manifest } from '../manifest/manifest';
import { sortRows } from '../report/csv.rules';
import { stagedRejects } from '../report/rejected-rows';
import { asOfDate, spanOf } from './settle-staging';
import { stagedDays } from './staged-days';
import { stageFiles } from './staging';
import { Zone } from './zone.rules';

const LATE_RETURNS = join(__dirname, '..', '..', '..', '..', 'test', 'replay', 'late-returns');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'staging-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Staged {
  days: Day[];
  orders: Day['orders'][number][];
  refunds: Day['refunds'][number][];
  rejects: string[];
  asOf: string | undefined;
}

async function stage(manifest: Manifest, files: string): Promise<Staged> {
  const staged = await stageFiles(manifest, files, join(folder, 'staging.sqlite'));
  try {
    const days: Day[] = [];
    for await (const day of stagedDays(staged, new Zone(manifest.brand.zone))) days.push(day);
    const rejects = sortRows(stagedRejects(staged));
    return {
      days,
      orders: days.flatMap((day) => day.orders),
      refunds: days.flatMap((day) => day.refunds),
      rejects: rejects.map(([file, row, , id, field, code]) => `${file}:${row} ${id} ${field} ${code}`),
      asOf: asOfDate(manifest, spanOf(staged.database)?.last ?? ''),
    };
  } finally {
    staged.database.close();
  }
}

/** A manifest of one brand with two channels, around the given files. */
function manifestOf(files: unknown[], more: object = {}): Manifest {
  return parseManifest(
    JSON.stringify({
      brand: {
        code: 'x',
        name: 'X',
        zone: 'America/New_York',
        currency: 'USD',
        channels: [
          { code: 'web', domain: 'public', name: 'Web' },
          { code: 'till', domain: 'offline', name: 'Till' },
        ],
      },
      plans: [{ code: 'p', name: 'P', budgetPpm: 100000, rules: [{ role: 'store', recipient: { from: 'store' }, ratePpm: 1000 }] }],
      binding: { mode: 'first', bindTo: ['store'] },
      registerOnPurchase: false,
      channel: 'web',
      files,
      ...more,
    }),
  );
}

/** The same rows in another order for each seed. */
function shuffled<T>(rows: readonly T[], seed: number): T[] {
  return rows
    .map((row, at) => ({ row, rank: ((at + 1) * (seed * 7919 + 104_729)) % 1_009 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);

describe('a history with late returns, repeats and broken rows', () => {
  it('becomes days in the order of time, whatever the order of files and rows', async () => {
    const { days, orders, asOf } = await stage(readManifest(LATE_RETURNS), LATE_RETURNS);
    expect([...new Set(days.map(({ businessDate }) => businessDate))]).toEqual([
      ...[
        '2025-01-04',
        '2025-01-05',
        '2025-01-20',
        '2025-01-31',
        '2025-02-03',
        '2025-02-10',
        '2025-03-01',
        '2025-03-10',
        '2025-03-13',
        '2025-03-14',
        '2025-04-15',
      ],
    ]);
    expect(orders.map(({ externalId, status, placedAt }) => `${externalId} ${status} ${placedAt}`)).toEqual([
      'A1 paid 2025-01-05T02:00:00.000Z',
      'A2 paid 2025-01-20T01:00:00.000Z',
      'A3 completed 2025-01-31T15:30:00.000Z',
      'A4 paid 2025-02-03T04:00:00.000Z',
      'A5 cancelled 2025-02-10T07:00:00.000Z',
      'A7 completed 2025-03-01T00:00:00.000Z',
    ]);
    expect(orders[0]).toEqual({
      channel: 'shop',
      externalId: 'A1',
      status: 'paid',
      placedAt: '2025-01-05T02:00:00.000Z',
      buyer: [{ type: 'external', value: 'C1' }],
      lines: [
        { lineNo: 1, sku: 'MILK', quantity: 2, netMinor: 9990, storeCode: 'S1' },
        { lineNo: 2, sku: 'SOAP', quantity: 1, netMinor: 1001, storeCode: 'S2' },
      ],
    });
    expect(orders[3]!.buyer).toBeUndefined();
    expect(asOf).toBe('2025-04-30');
  });

  it('sends the network ahead, parents first', async () => {
    const { days } = await stage(readManifest(LATE_RETURNS), LATE_RETURNS);
    expect(days[0]!.partners.map(({ code, type, parentCode }) => [code, type, parentCode])).toEqual([
      ['North', 'distributor', undefined],
      ['South', 'distributor', undefined],
      ['S1', 'store', 'North'],
      ['S2', 'store', 'North'],
      ['S3', 'store', 'South'],
    ]);
  });

  it('says of each refund what it takes back', async () => {
    const { refunds } = await stage(readManifest(LATE_RETURNS), LATE_RETURNS);
    expect(refunds).toEqual([
      {
        channel: 'shop',
        externalId: 'R1:2',
        occurredAt: '2025-01-04T01:00:00.000Z',
        orderExternalId: 'A1',
        lines: [{ lineNo: 2, amountMinor: 500 }],
      },
      { channel: 'shop', externalId: 'R2', occurredAt: '2025-01-20T10:00:00.000Z', orderExternalId: 'A2' },
      {
        channel: 'shop',
        externalId: 'R4',
        occurredAt: '2025-03-10T01:00:00.000Z',
        match: { buyer: { type: 'external', value: 'C2' }, sku: 'MILK' },
        amountMinor: 4995,
      },
      {
        channel: 'shop',
        externalId: 'R10',
        occurredAt: '2025-03-13T01:00:00.000Z',
        match: { buyer: { type: 'external', value: 'C9' }, sku: 'MILK' },
        amountMinor: 100,
      },
      {
        channel: 'shop',
        externalId: 'R11',
        occurredAt: '2025-03-14T01:00:00.000Z',
        match: { buyer: { type: 'external', value: 'C2' }, sku: 'TEA' },
      },
      {
        channel: 'shop',
        externalId: 'R3',
        occurredAt: '2025-04-15T01:00:00.000Z',
        orderExternalId: 'A3',
        lines: [{ lineNo: 1, amountMinor: 1001 }],
      },
    ]);
  });

  it('lists every row that was not taken in, with its line and field', async () => {
    const { rejects } = await stage(readManifest(LATE_RETURNS), LATE_RETURNS);
    expect(rejects).toEqual([
      'lines.csv:9 A2 pieces bad_number',
      'lines.csv:12 A6 order unknown_order',
      'lines.csv:13 A7 price bad_amount',
      'lines.csv:14   wrong_number_of_fields',
      'lines.csv:15 Z9 order unknown_order',
      'orders-01.csv:7 A6 placed bad_time',
      'orders-02.csv:5 A1 placed conflicting_repeat',
      'orders-02.csv:6 A8 status unknown_value',
      'returns-1.ndjson:5 R5 of.order unknown_order',
      'returns-1.ndjson:6 R6 of.order order_not_paid',
      'returns-1.ndjson:7 R8 of.order missing',
      'returns-1.ndjson:8   unreadable_row',
      'returns-2.ndjson:2 R2 at conflicting_repeat',
    ]);
  });
});

describe('files of other shapes', () => {
  it('recognises gzip by content and counts equal lines of an order by their place', async () => {
    const text = 'no,when,what,sum\n1,2025-03-09 02:30:00,A,1.00\n1,2025-03-09 02:30:00,A,1.00\n';
    put('a.csv', gzipSync(text));
    put('b.csv', text);
    const spec = { kind: 'order-lines', columns: { order: 'no', placedAt: 'when', sku: 'what', amount: 'sum' } };
    const { orders, rejects } = await stage(
      manifestOf([
        { file: 'a.csv', ...spec },
        { file: 'b.csv', ...spec },
      ]),
      folder,
    );
    expect(rejects).toEqual([]);
    // That wall clock was skipped by summer time: the later reading counts.
    expect(orders).toMatchObject([
      {
        externalId: '1',
        channel: 'web',
        placedAt: '2025-03-09T07:30:00.000Z',
        lines: [
          { lineNo: 1, netMinor: 100 },
          { lineNo: 2, netMinor: 100 },
        ],
      },
    ]);
  });

  it('reads every row on its own, whichever way lines end and wherever a quote is left open', async () => {
    const rows = [
      'o1,2025-01-01,"a, b",1.00',
      'o2,2025-01-01,12" disc,2.00',
      'o3,2025-01-01,"open,3.00',
      'o4,2025-01-01,"two\nlines",4.00',
      '',
      'o5,2025-01-01,"",5.00',
    ];
    const columns = { order: 'no', placedAt: 'at', sku: 'what', amount: 'sum' };
    for (const ends of [['\r\n', '\n'], ['\n', '\r\n'], ['\r'], ['\r\n', '\r', '\n']]) {
      put(
        'orders.csv',
        `\uFEFFno,at,what,sum${ends.at(-1)}${rows.map((row, at) => (at === rows.length - 1 ? row : row + ends[at % ends.length]!)).join('')}`,
      );
      const { orders, rejects } = await stage(manifestOf([{ file: 'orders.csv', kind: 'orders', columns }]), folder);
      expect(orders.map(({ externalId, lines }) => [externalId, lines[0]!.sku, lines[0]!.netMinor])).toEqual([
        ['o1', 'a, b', 100],
        ['o2', '12" disc', 200],
        ['o4', 'two\nlines', 400],
        ['o5', 'unspecified', 500],
      ]);
      expect(rejects).toEqual(['orders.csv:4   unreadable_row']);
    }
  });

  it('says the same of rows in any order, whether they are numbered, repeated, contradicting or broken', async () => {
    const files = {
      'orders-1.csv': [
        'no,at,who,state',
        'o1,2025-01-01,c1,ok',
        'o1,2025-01-01,c1,done',
        'o2,2025-01-01,c2,ok',
        'o2,2025-01-03,c2,done',
        'o3,2025-01-01,,ok',
        'o4,2025-01-01,c4,?',
        'o5,2025-01-0x,c5,ok',
      ],
      'orders-2.csv': ['no,at,who,state', 'o2,2024-12-31,c9,ok', 'o3,2025-01-01,,ok', 'o6,2025-02-01,c1,ok'],
      'lines-1.csv': [
        'no,what,n,sum,shop,cur',
        'o1,A,1,5,s2,USD',
        'o1,B,1,5,s1,USD',
        'o1,A,1,5,s2,USD',
        'o2,A,2,6,s1,USD',
        'o3,C,1,7,s1,',
        'o3,C,1,9,s1,EUR',
        'o6,A,1,"1.234,5",s1,USD',
        'o6,A,1,1.23,s1,USD',
        'o9,A,1,1,s1,USD',
      ],
      'lines-2.csv': ['no,what,n,sum,shop,cur', 'o1,B,1,5,s1,USD', 'o1,A,1,5,s2,USD', 'o2,A,2,"6,5",s1,USD'],
      'till.csv': ['at,what,sum', '2025-01-05,A,1', '2025-01-05,A,1', '2025-01-05,B,2', '2025-01-06,A,-1'],
      'back.csv': [
        'id,no,at,n',
        'r1,o1,2024-12-01,1',
        'r2,o6,2025-03-01,',
        'r2,o6,2025-03-02,',
        ',o2,2025-01-02,1',
        ',o2,2025-01-02,1',
        'r3,o9,2025-01-02,1',
      ],
    };
    const orders = {
      kind: 'orders',
      columns: { order: 'no', placedAt: 'at', buyer: 'who', status: 'state' },
      values: { status: { ok: 'paid', done: 'completed' } },
    };
    const lines = {
      kind: 'order-lines',
      decimalMark: ',',
      groupMark: '.',
      columns: { order: 'no', sku: 'what', quantity: 'n', amount: 'sum', store: 'shop', currency: 'cur' },
    };
    const manifest = manifestOf([
      { file: 'orders-*.csv', ...orders },
      { file: 'lines-*.csv', ...lines },
      { file: 'till.csv', kind: 'orders', constants: { channel: 'till' }, columns: { placedAt: 'at', sku: 'what', amount: 'sum' } },
      {
        file: 'back.csv',
        kind: 'refunds',
        columns: { refund: 'id', order: 'no', occurredAt: 'at', quantity: 'n' },
        constants: { channel: 'web' },
      },
    ]);
    const seen = new Set<string>();
    let staged: Staged | undefined;
    for (let seed = 0; seed < 25; seed += 1) {
      for (const [name, [header, ...rows]] of Object.entries(files)) put(name, [header, ...shuffled(rows, seed)].join('\n'));
      staged = await stage(manifest, folder);
      seen.add(JSON.stringify([staged.days, staged.rejects.map((reject) => reject.replace(/:\d+ /, ': ')).sort()]));
    }
    expect(seen.size).toBe(1);
    expect(
      staged!.orders.map(({ externalId, status, placedAt, lines: sold }) => [
        externalId.replace(/#.*/, ''),
        status,
        placedAt.slice(0, 10),
        sold.map(({ sku, netMinor }) => `${sku} ${netMinor}`).join(),
      ]),
    ).toEqual([
      ['o2', 'paid', '2024-12-31', 'A 600'],
      ['o1', 'completed', '2025-01-01', 'A 500,A 500,B 500'],
      ['o3', 'paid', '2025-01-01', 'C 700'],
      ...[
        ['A', 100],
        ['A', 100],
        ['B', 200],
      ]
        .sort()
        .map(([sku, sum]) => ['till.csv', 'paid', '2025-01-05', `${sku} ${sum}`]),
      ['o6', 'paid', '2025-02-01', 'A 123450'],
    ]);
    expect(staged!.rejects.map((reject) => reject.replace(/:\d+ /, ' ')).sort()).toEqual([
      'back.csv r2 at conflicting_repeat',
      'back.csv r3 no unknown_order',
      'lines-1.csv o3 cur other_currency',
      'lines-1.csv o6 sum bad_amount',
      'lines-1.csv o9 no unknown_order',
      'lines-2.csv o2 line conflicting_repeat',
      'orders-1.csv o2 at conflicting_repeat',
      'orders-1.csv o2 at conflicting_repeat',
      'orders-1.csv o4 state unknown_value',
      'orders-1.csv o5 at bad_time',
      'till.csv  sum negative',
    ]);
  });

  it('takes an order of one row as an order of one line, and links its buyer and store', async () => {
    put('orders.csv', 'id,person,at,total\nx-1,k7,3/1/2025 9:05,1250\n');
    put('who.csv', 'k,p\nk7,person-1\n');
    put('where.csv', 'o,s\nx-1,shop 5\n');
    const { orders, rejects, days } = await stage(
      manifestOf(
        [
          {
            file: 'orders.csv',
            kind: 'orders',
            amounts: 'minor',
            timeFormat: 'M/D/YYYY H:mm',
            columns: { order: 'id', buyer: 'person', placedAt: 'at', amount: 'total' },
            constants: { channel: 'till' },
          },
          { file: 'who.csv', kind: 'links', link: 'buyer', columns: { from: 'k', to: 'p' } },
          { file: 'where.csv', kind: 'links', link: 'order-store', columns: { from: 'o', to: 's' } },
        ],
        { missingPartners: 'create' },
      ),
      folder,
    );
    expect(rejects).toEqual([]);
    expect(orders).toEqual([
      {
        channel: 'till',
        externalId: 'x-1',
        status: 'paid',
        placedAt: '2025-03-01T14:05:00.000Z',
        buyer: [{ type: 'external', value: 'person-1' }],
        storeCode: 'shop 5',
        lines: [{ lineNo: 1, sku: 'unspecified', quantity: 1, netMinor: 1250 }],
      },
    ]);
    expect(days[0]!.partners).toMatchObject([{ code: 'shop 5', type: 'store' }]);
  });

  it('finds the channel of lines and refunds by the order number, unless two channels use it', async () => {
    put('orders.csv', 'ch,id,at\nweb,1,2025-01-01\ntill,2,2025-01-02\nweb,3,2025-01-03\ntill,3,2025-01-03\n');
    put('lines.csv', 'id,sum\n1,5\n2,6\n3,7\n');
    const { orders, rejects } = await stage(
      manifestOf([
        { file: 'orders.csv', kind: 'orders', columns: { channel: 'ch', order: 'id', placedAt: 'at' } },
        { file: 'lines.csv', kind: 'order-lines', columns: { order: 'id', amount: 'sum' } },
      ]),
      folder,
    );
    expect(orders.map(({ channel, externalId, lines }) => [channel, externalId, lines[0]!.netMinor])).toEqual([
      ['web', '1', 500],
      ['till', '2', 600],
    ]);
    expect(rejects).toEqual([
      'lines.csv:4 3 id unknown_order',
      'orders.csv:4 3 lines order_without_lines',
      'orders.csv:5 3 lines order_without_lines',
    ]);
  });

  it('takes every product of a refund that has one number for several rows, also when they come again, and no buyer into a number', async () => {
    writeFileSync(join(folder, 'o.csv'), 'id,at,sku,price\n1,2026-01-01 10:00:00,A,1.00\n1,2026-01-01 10:00:00,B,2.00\n');
    writeFileSync(join(folder, 'back-1.csv'), 'r,id,at,sku,n\nR1,1,2026-01-02 10:00:00,A,1\nR1,1,2026-01-02 10:00:00,B,1\n');
    writeFileSync(join(folder, 'back-2.csv'), 'r,id,at,sku,n\nR1,1,2026-01-02 10:00:00,B,1\nR1,1,2026-01-02 10:00:00,A,1\n');
    writeFileSync(join(folder, 'till.csv'), 'at,phone,sku,amount\n2026-01-03 10:00:00,13800138000,A,0.50\n');
    const { refunds, rejects } = await stage(
      manifestOf([
        {
          file: 'o.csv',
          kind: 'order-lines',
          columns: { order: 'id', placedAt: 'at', sku: 'sku', amount: 'price' },
          constants: { channel: 'till' },
        },
        {
          file: 'back-*.csv',
          kind: 'refunds',
          columns: { refund: 'r', order: 'id', occurredAt: 'at', sku: 'sku', quantity: 'n' },
          constants: { channel: 'till' },
        },
        {
          file: 'till.csv',
          kind: 'refunds',
          columns: { occurredAt: 'at', 'buyer.phone': 'phone', sku: 'sku', amount: 'amount' },
          constants: { channel: 'till' },
        },
      ]),
      folder,
    );
    expect(rejects).toEqual([]);
    expect(refunds.map(({ lines, amountMinor }) => lines ?? amountMinor)).toEqual([
      [{ lineNo: 1, amountMinor: 100 }],
      [{ lineNo: 2, amountMinor: 200 }],
      50,
    ]);
    expect(refunds.map(({ externalId }) => externalId).join()).not.toContain('138');
  });

  it('reads negative rows as refunds where the manifest says so, and nested lists of NDJSON as lines', async () => {
    put(
      'sales.ndjson',
      [
        {
          no: 'S1',
          at: 1735689600,
          who: 'u1',
          items: [
            { sku: 'A', n: 3, price: 2.5 },
            { sku: 'B', n: 1, price: 4 },
          ],
        },
        { no: 'C1', at: 1738368000, who: 'u1', items: [{ sku: 'A', n: -1, price: 2.5 }] },
        { no: 'C2', at: 1738368000, items: [{ sku: 'A', n: -1, price: 2.5 }] },
      ]
        .map((document) => JSON.stringify(document))
        .join('\n'),
    );
    const { orders, refunds, rejects } = await stage(
      manifestOf([
        {
          file: 'sales.ndjson',
          kind: 'order-lines',
          format: 'ndjson',
          each: 'items',
          timeFormat: 'epoch-seconds',
          negatives: 'refund-by-buyer-and-product',
          columns: { order: 'no', placedAt: 'at', buyer: 'who', sku: 'sku', quantity: 'n', unitPrice: 'price' },
        },
      ]),
      folder,
    );
    expect(orders).toMatchObject([
      {
        externalId: 'S1',
        lines: [
          { sku: 'A', quantity: 3, netMinor: 750 },
          { sku: 'B', netMinor: 400 },
        ],
      },
    ]);
    expect(refunds).toMatchObject([
      {
        externalId: expect.stringMatching(/^C1:#/) as string,
        amountMinor: 250,
        match: { buyer: { type: 'external', value: 'u1' }, sku: 'A' },
      },
    ]);
    expect(rejects).toEqual(['sales.ndjson:3 C2 who missing']);
  });

  it('gives back exactly the line when its pieces come back one by one', async () => {
    put('orders.csv', 'id,at,sum,n\n1,2025-01-01,1.00,3\n');
    put('back.csv', 'r,id,at,n\n1,1,2025-02-01,1\n2,1,2025-02-02,1\n3,1,2025-02-03,1\n4,1,2025-02-04,1\n');
    const { refunds, rejects } = await stage(
      manifestOf([
        { file: 'orders.csv', kind: 'orders', columns: { order: 'id', placedAt: 'at', amount: 'sum', quantity: 'n' } },
        { file: 'back.csv', kind: 'refunds', columns: { refund: 'r', order: 'id', occurredAt: 'at', quantity: 'n' } },
      ]),
      folder,
    );
    expect(refunds.map(({ lines }) => lines)).toEqual([
      [{ lineNo: 1, amountMinor: 33 }],
      [{ lineNo: 1, amountMinor: 33 }],
      [{ lineNo: 1, amountMinor: 34 }],
    ]);
    expect(rejects).toEqual(['back.csv:5 4 amount nothing_left']);
  });

  it('reads files of several members and of other encodings, lists empty files, and refuses text that is none', async () => {
    put('o-1.csv', Buffer.concat(['no,at,sum\n1,2025-01-01,1\n', '2,2025-01-01,1\n'].map((text) => gzipSync(text))));
    put('o-2.csv', Buffer.from('\uFEFFno,at,sum\n订单,2025-01-02,1\n', 'utf16le'));
    put(
      'o-3.csv',
      Buffer.concat([Buffer.from('no,at,sum\n'), Buffer.from([0xb6, 0xa9]), Buffer.from(',2025-01-03,1\na\0b,2025-01-03,1\n')]),
    );
    put('o-4.csv', '');
    const { orders, rejects } = await stage(
      manifestOf([{ file: 'o-*.csv', kind: 'orders', columns: { order: 'no', placedAt: 'at', amount: 'sum' } }]),
      folder,
    );
    expect(orders.map(({ externalId }) => externalId)).toEqual(['1', '2', '订单']);
    expect(rejects.map((reject) => reject.replace(/ .* /, ' '))).toEqual([
      'o-3.csv:2 unreadable_text',
      'o-3.csv:3 unreadable_text',
      'o-4.csv:0 empty_file',
    ]);
  });

  it('stops with the name of the column that a file lacks, and when a file is cut short', async () => {
    put('orders.csv', 'id,at,sum\n1,2025-01-01,1\n');
    const columns = { order: 'id', placedAt: 'time', amount: 'sum' };
    await expect(stage(manifestOf([{ file: 'orders.csv', kind: 'orders', columns }]), folder)).rejects.toThrow(
      /has no column time[\s\S]*it has id, at, sum/,
    );
    await expect(stage(manifestOf([{ file: 'nothing-*.csv', kind: 'orders', columns }]), folder)).rejects.toThrow(
      /nothing-\*\.csv does not exist/,
    );
    put('twice.csv', 'id,time,time,sum\n');
    await expect(stage(manifestOf([{ file: 'twice.csv', kind: 'orders', columns }]), folder)).rejects.toThrow(/has 2 columns time/);
    put('cut.csv', gzipSync('id,time,sum\n'.repeat(1000)).subarray(0, 30));
    await expect(stage(manifestOf([{ file: 'cut.csv', kind: 'orders', columns }]), folder)).rejects.toThrow(/incomplete/);
  });
});
