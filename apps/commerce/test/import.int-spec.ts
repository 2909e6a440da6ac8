import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { databases, eventually } from '@concentric/testing';
import { Commerce, importFile, order, refund, type TestBrand, type Loose } from './commerce.fixture';

const header = 'channel,externalId,status,placedAt,buyer.phone,storeCode,line.lineNo,line.sku,line.netMinor';

describe.each(databases())('imports on $name', (db) => {
  let commerce: Commerce;
  let brand: TestBrand;

  beforeAll(async () => {
    commerce = await Commerce.start(db);
  });
  afterAll(() => commerce?.stop());
  beforeEach(async () => {
    brand = await commerce.brand();
  });
  const rejects = async (importId: string) => (await brand.call('GET', `/imports/${importId}/rejects?limit=500`)).body.data;

  it('reads orders of several rows from CSV, quoted cells over lines included', async () => {
    const csv = [
      header,
      'till,A-1,paid,2026-03-01 10:00:00,13800000001,S1,1,tea,1000',
      'till,A-1,paid,2026-03-01 10:00:00,13800000001,S1,2,"cup, blue",500',
      '',
      'mini,A-2,created,2026-03-01T10:00:00Z,,,,"a ""quoted""\nname",250',
      'till,A-3,paid,2026-03-02,13800000001,"S1",1,tea,1000',
    ].reduce((text, row, at) => text + ['\r\n', '\n', '\r'][at % 3]! + row);
    const done = await importFile(brand, 'kind=orders&format=csv&name=march.csv', `\ufeff${csv}`);
    expect(done).toMatchObject({
      state: 'completed',
      name: 'march.csv',
      rowsRead: 4,
      accepted: 3,
      unchanged: 0,
      rejected: 0,
      error: null,
      bytesRead: done.bytesTotal,
    });
    expect(
      (await brand.paid()).map((event) => [
        event.externalId,
        event.lines.map((line: Loose) => [line.lineNo, line.sku, line.netMinor, line.storeCode]),
      ]),
    ).toEqual([
      [
        'A-1',
        [
          [1, 'tea', 1000, 'S1'],
          [2, 'cup, blue', 500, 'S1'],
        ],
      ],
      ['A-3', [[1, 'tea', 1000, 'S1']]],
    ]);
    expect((await brand.order('A-2')).lines[0].sku).toBe('a "quoted"\nname');
    expect(await importFile(brand, 'kind=orders&format=csv', csv)).toMatchObject({ accepted: 0, unchanged: 3, rejected: 0 });
  });

  it('reads every kind as NDJSON, plain or gzip, and fills in the channel of the upload', async () => {
    const ndjson = (items: object[]) => items.map((item) => JSON.stringify(item)).join('\n');
    const { channel: _a, ...bare } = order('1');
    expect(await importFile(brand, 'kind=products&format=ndjson', ndjson([{ sku: 'tea', name: 'Tea', unitCostMinor: 4 }]))).toMatchObject({
      accepted: 1,
    });
    expect(
      await importFile(brand, 'kind=orders&format=ndjson&channel=mini&gzip=1', gzipSync(ndjson([bare, order('2'), bare]))),
    ).toMatchObject({ state: 'completed', accepted: 2, unchanged: 1 });
    expect(
      await importFile(brand, 'kind=refunds&format=ndjson', ndjson([refund('r', { orderExternalId: '2', amountMinor: 5 })])),
    ).toMatchObject({ accepted: 1 });
    expect(
      await importFile(
        brand,
        'kind=expenses&format=ndjson',
        ndjson([{ externalId: 'e', occurredAt: '2026-01-01', class: 'tools', purpose: 'general', amountMinor: 7 }]),
      ),
    ).toMatchObject({ accepted: 1 });
    expect((await brand.paid()).map((event) => [event.externalId, event.channel, event.lines[0].costMinor])).toEqual([
      ['1', 'mini', 4],
      ['2', 'till', 4],
    ]);
    expect(await brand.refunded()).toHaveLength(1);
  });

  it('reads refunds, products and expenses as CSV', async () => {
    await brand.send(
      'orders',
      order('1', {
        lines: [
          { sku: 'tea', netMinor: 100 },
          { sku: 'cup', netMinor: 50 },
        ],
      }),
    );
    const csv =
      'channel,externalId,occurredAt,orderExternalId,amountMinor,match.buyer.type,match.buyer.value,match.sku,line.lineNo,line.amountMinor,reason\n' +
      'till,r1,2026-03-04,1,,,,,1,10,\ntill,r1,2026-03-04,1,,,,,2,20,\ntill,r2,2026-03-04,1,30,,,,,,late\ntill,r3,2026-03-04,,5,phone,13800000001,cup,,,\n';
    expect(await importFile(brand, 'kind=refunds&format=csv', csv)).toMatchObject({
      state: 'completed',
      rowsRead: 4,
      accepted: 3,
      rejected: 0,
    });
    expect((await brand.refunded()).map((event) => event.lines.reduce((sum: number, line: Loose) => sum + line.amountMinor, 0))).toEqual([
      30, 30, 5,
    ]);
    expect(
      await importFile(brand, 'kind=products&format=csv', 'sku,name,unitCostMinor,costFrom\ntea,Tea,5,2026-01-01\ntea,Tea,6,2026-02-01\n'),
    ).toMatchObject({ accepted: 2 });
    expect(
      await importFile(
        brand,
        'kind=expenses&format=csv',
        'externalId,occurredAt,class,purpose,amountMinor\ne1,2026-01-01,tools,general,-5\n',
      ),
    ).toMatchObject({ accepted: 1 });
  });

  it('refuses broken rows one by one, with line, record, field, reason and remedy, and an order as a whole', async () => {
    const row = (id: string, line: number, net = '100') => `till,${id},paid,2026-03-01 10:00:00,13800000001,S1,${line},tea,${net}`;
    const csv = [
      header, // 1
      row('good-1', 1), // 2
      'till,short,paid', // 3
      row('amount', 1), // 4
      row('amount', 2, 'ten'), // 5
      row('quote', 1), // 6
      'till,quote,paid,2026-03-01 10:00:00,"138,S1,2,tea,100', // 7
      row('good-2', 1), // 8
      row('split', 1), // 9
      'garbage', // 10
      row('split', 2), // 11
      `=cmd|' /C calc'!A0${row('x', 1).slice(4)}`, // 12
      row('store', 1), // 13
      row('store', 2).replace('S1', 'S2'), // 14
      row('good-3', 1), // 15
    ].join('\n');
    const done = await importFile(brand, 'kind=orders&format=csv', csv);
    expect(done).toMatchObject({ state: 'completed', accepted: 3, rowsRead: 14 });
    const listed = await rejects(done.importId);
    expect(listed.map((one: Loose) => [one.line, one.record, one.field, one.code])).toEqual([
      [3, 'short', '', 'cells_mismatch'],
      [5, 'amount', 'lines[1].netMinor', 'invalid_type'],
      [7, 'quote', 'lines[1]', 'quotes_broken'],
      [10, '', '', 'cells_mismatch'],
      [11, 'split', 'lines[1]', 'rows_interrupted'],
      [12, 'x', 'channel', 'invalid_format'],
      [13, 'store', 'storeCode', 'rows_disagree'],
    ]);
    expect(done.rejected).toBe(7);
    expect(listed.every((one: Loose) => one.reason && one.remedy)).toBe(true);
    expect((await brand.paid()).map((event) => event.externalId)).toEqual(['good-1', 'good-2', 'good-3']);
    const file = await brand.call('GET', `/imports/${done.importId}/rejects.csv`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.body.split('\r\n')).toHaveLength(9);
    expect(file.body.split('\r\n')[0]).toBe('line,record,field,code,reason,remedy');
  });

  it('writes rejects so that no spreadsheet runs them', async () => {
    const lines = ['=1+1', '+1', '-1', '@x'].map((sku) => JSON.stringify({ sku, name: '' }));
    const done = await importFile(brand, 'kind=products&format=ndjson', lines.join('\n'));
    const file: string = (await brand.call('GET', `/imports/${done.importId}/rejects.csv`)).body;
    expect(
      file
        .split('\r\n')
        .slice(1, 5)
        .map((line) => line.split(',')[1]),
    ).toEqual(["'=1+1", "'+1", "'-1", "'@x"]);
  });

  it('refuses broken lines of NDJSON and goes on', async () => {
    const done = await importFile(
      brand,
      'kind=orders&format=ndjson',
      `${JSON.stringify(order('1'))}\n{"externalId":\n[]\n${'x'.repeat(1_100_000)}\n{"externalId":"a\\u0000b"}\n${JSON.stringify(order('2', { status: '?' }))}\n${JSON.stringify(order('3'))}`,
    );
    expect(done).toMatchObject({ state: 'completed', rowsRead: 7, accepted: 2, rejected: 5 });
    expect((await rejects(done.importId)).map((one: Loose) => [one.line, one.code])).toEqual([
      [2, 'invalid_json'],
      [3, 'invalid_json'],
      [4, 'line_too_long'],
      [5, 'unstorable_text'],
      [6, 'invalid_value'],
    ]);
  });

  it.each<[string, string, string | Uint8Array, RegExp]>([
    [
      'unknown and missing columns',
      'kind=orders&format=csv',
      'channel,externalId,status,date\n',
      /missing columns: placedAt, line\.sku, line\.netMinor; unknown columns: "date"/,
    ],
    ['a wrong delimiter', 'kind=products&format=csv', 'sku;name\n1;2\n', /one column only/],
    ['repeated columns', 'kind=products&format=csv', 'sku,name,name\n', /repeated columns: name/],
    ['gzip that was not announced', 'kind=products&format=csv', gzipSync('sku,name\n'), /gzip=1/],
    ['what was announced as gzip and is not', 'kind=products&format=csv&gzip=1', 'sku,name\n', /gzip=0/],
    ['damaged gzip', 'kind=products&format=csv&gzip=1', gzipSync(`sku,name\n${'a,b\n'.repeat(100)}`).subarray(0, 12), /damaged/],
    ['another encoding', 'kind=products&format=csv', Buffer.from([...Buffer.from('sku,name\ntea,'), 0xb2, 0xe8, 0x0a]), /not UTF-8/],
    ['a spreadsheet', 'kind=products&format=csv', Buffer.from('PK\u0003\u0004rest'), /Excel/],
  ])('fails clearly for %s', async (_, query, content, message) => {
    const done = await importFile(brand, query, content);
    expect(done).toMatchObject({ state: 'failed', accepted: 0 });
    expect(done.error).toMatch(message);
    expect(done.finishedAt).not.toBeNull();
  });

  it('refuses uploads that are none with 4xx', async () => {
    expect((await brand.call('POST', '/imports?kind=orders&format=csv', '')).body).toMatchObject({
      status: 400,
      errors: [{ code: 'empty_file' }],
    });
    expect((await brand.call('POST', '/imports?kind=people&format=csv', 'x')).body).toMatchObject({
      status: 400,
      errors: [{ field: 'kind' }],
    });
    expect((await brand.call('POST', '/imports', 'x')).status).toBe(400);
    expect((await brand.call('GET', `/imports/${brand.brandId}`)).status).toBe(404);
    expect((await brand.call('GET', `/imports/${brand.brandId}/rejects.csv`)).status).toBe(404);
  });

  it('shows no import of another brand', async () => {
    const done = await importFile(brand, 'kind=products&format=csv', 'sku,name\ntea,Tea\n');
    const other = await commerce.brand();
    expect((await other.call('GET', `/imports/${done.importId}`)).status).toBe(404);
    expect((await other.call('GET', '/imports')).body.total).toBe(0);
    expect((await brand.call('GET', '/imports?kind=products&state=completed')).body.data).toEqual([done]);
  });

  it('keeps no uploaded file once it has been read', async () => {
    await importFile(brand, 'kind=products&format=csv', 'sku,name\ntea,Tea\n');
    await importFile(brand, 'kind=products&format=csv', 'bad\n');
    await eventually('the folder is empty', async () => readdirSync(commerce.importFolder).length === 0);
  });
});
