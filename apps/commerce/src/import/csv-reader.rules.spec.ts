import fc from 'fast-check';
import { LineSplitter } from '@concentric/service-kit/csv';
import { stringify } from 'csv-stringify/sync';
import { CsvReader } from './csv-reader.rules';
import type { FileRecord } from './file-record.rules';
import { inert } from './reject-file.rules';

/** Reads a text in pieces of a size, as a stream would bring it. */
function read(text: string, size = 7): FileRecord[] {
  const reader = new CsvReader('products', {});
  const splitter = new LineSplitter();
  const records: FileRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(splitter.push(text.slice(at, at + size))));
  return [...records, ...reader.push(splitter.end()), ...reader.end()];
}

describe('reading CSV', () => {
  it('gives back whatever a CSV writer wrote, in pieces of any size', () => {
    const cell = fc
      .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ', '汉') })
      .filter((text) => text.trim() === text && text !== '');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n' as const, '\r\n' as const),
        (rows, size, record_delimiter) => {
          const records = read(stringify([['sku', 'name'], ...rows], { record_delimiter, quoted: true }), size);
          expect(records.map((record) => record.item)).toEqual(rows.map(([sku, name]) => ({ sku, name })));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['\n', '\r\n', '\r'])('reads every row on its own, whichever way its line ends, with %j before the last', (last) => {
    const text = `sku,name\r\na,1\nb,2\r\n\r\n\nc,3\rd,"4\r\n4"\n\r"e",5${last}f,6`;
    for (const size of [1, 2, 3, 7, 1000]) {
      expect(read(text, size).map(({ item, lines }) => [lines[0], item])).toEqual([
        [2, { sku: 'a', name: '1' }],
        [3, { sku: 'b', name: '2' }],
        [6, { sku: 'c', name: '3' }],
        [7, { sku: 'd', name: '4\n4' }],
        [10, { sku: 'e', name: '5' }],
        [11, { sku: 'f', name: '6' }],
      ]);
    }
  });

  it('takes a quote in the middle of a text for what it is', () => {
    expect(read('sku,name\na,12" disc\nb,7" single\n').map(({ item }) => item)).toEqual([
      { sku: 'a', name: '12" disc' },
      { sku: 'b', name: '7" single' },
    ]);
  });

  it('refuses a row with an open quote alone, however much follows', () => {
    const rest = Array.from({ length: 1000 }, (_, at) => `s${at},n`).join('\n');
    const records = read(`sku,name\ngood,n\n"broken,n\n${rest}\n`, 4096);
    expect(records.filter((record) => record.faults.length > 0).map((record) => [record.lines[0], record.faults[0]?.code])).toEqual([
      [3, 'quotes_broken'],
    ]);
    expect(records).toHaveLength(1002);
  });

  it('is not led astray by two broken quotes that seem to belong together', () => {
    const records = read('sku,name\n"a,1\nb,2\nc","3\nd,4\n');
    expect(records.map((record) => [record.lines[0], record.faults[0]?.code ?? 'sound'])).toEqual([
      [2, 'quotes_broken'],
      [3, 'sound'],
      [4, 'quotes_broken'],
      [5, 'sound'],
    ]);
  });

  it('keeps no line that is too long', () => {
    const splitter = new LineSplitter();
    const lines = [...Array.from({ length: 40 }, () => 'x'.repeat(60_000)), 'y\nshort'].flatMap((piece) => splitter.push(piece));
    expect([...lines, ...splitter.end()]).toEqual([
      { number: 1, text: null },
      { number: 2, text: 'short' },
    ]);
  });

  it.each([
    ['=1', "'=1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@a', "'@a"],
    ['\ta', "'\ta"],
    ['a=1', 'a=1'],
    ['', ''],
  ])('makes the cell %j inert: %j', (cell, expected) => {
    expect(inert(cell)).toBe(expected);
  });
});
