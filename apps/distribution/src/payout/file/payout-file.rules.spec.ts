import fc from 'fast-check';
import { parseDecimal } from '@concentric/money';
import { check, magnitude, must, prove } from '@concentric/testing/property';
import { parse } from 'csv-parse/sync';
import { pain001 } from './pain001.rules';
import { payoutCsv } from './payout-csv.rules';
import type { ApprovedItem, ApprovedPayout, FileFormat } from './payout-file.rules';

const payout: ApprovedPayout = {
  batchId: '0195f0c2-8e5b-7a01-94c1-000000000001',
  currency: 'CNY',
  items: 2,
  amountMinor: 101_005,
  approvedAt: Date.UTC(2026, 1, 3, 4, 5, 6, 7),
  executionDate: '2026-02-03',
  debtor: { name: 'Tea & Sons <House>', account: '6222020200112233445', bankId: '102100099996' },
};
const items: ApprovedItem[] = [
  {
    itemId: '0195f0c2-8e5b-7a01-94c1-000000000002',
    period: '2026-01',
    amountMinor: 100_000,
    payee: { holder: '李, "小明"', account: '6222020200112233446', bankId: '102100099996' },
  },
  {
    itemId: '0195f0c2-8e5b-7a01-94c1-000000000003',
    period: '2026-01',
    amountMinor: 1_005,
    payee: { holder: 'Müller & Co', account: 'DE89370400440532013000', bankId: 'COBADEFFXXX' },
  },
];
const write = (format: FileFormat, of = payout, list = items) =>
  format.head(of) + list.map((item) => format.item(of, item)).join('') + format.tail(of);

interface Node {
  tag: string;
  attributes: string;
  children: Node[];
  text: string;
}

/** Reads XML without namespaces prefixes, comments and CDATA, as this writer makes it. Throws where it is not well-formed. */
function readXml(xml: string): Node {
  const root: Node = { tag: '', attributes: '', children: [], text: '' };
  const open = [root];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  for (const [, close, tag, attributes, text] of body.matchAll(/<(\/?)([A-Za-z0-9]+)((?: [A-Za-z]+="[^"<&]*")*)>|([^<]+)/g)) {
    const top = open.at(-1)!;
    if (text !== undefined) {
      if (/&(?!(amp|lt|gt);)|>/.test(text)) throw new Error(`not escaped: ${text}`);
      top.text += text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    } else if (close) {
      if (top.tag !== tag) throw new Error(`${top.tag} ends as ${tag}`);
      open.pop();
    } else {
      const node: Node = { tag: tag!, attributes: attributes!, children: [], text: '' };
      top.children.push(node);
      open.push(node);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not closed');
  return root.children[0]!;
}

/**
 * The part of pain.001.001.09 that the file may use, as the schema orders it: `?` may be left out, `+` may be repeated,
 * `|` one of; what is not named here is text of a simple type, given as a pattern.
 */
const schema: Record<string, string[]> = {
  Document: ['CstmrCdtTrfInitn'],
  CstmrCdtTrfInitn: ['GrpHdr', 'PmtInf+'],
  GrpHdr: ['MsgId', 'CreDtTm', 'NbOfTxs', 'CtrlSum?', 'InitgPty'],
  PmtInf: ['PmtInfId', 'PmtMtd', 'BtchBookg?', 'NbOfTxs?', 'CtrlSum?', 'ReqdExctnDt', 'Dbtr', 'DbtrAcct', 'DbtrAgt', 'CdtTrfTxInf+'],
  ReqdExctnDt: ['Dt'],
  InitgPty: ['Nm?'],
  Dbtr: ['Nm?'],
  Cdtr: ['Nm?'],
  DbtrAcct: ['Id'],
  CdtrAcct: ['Id'],
  'DbtrAcct/Id': ['IBAN|Othr'],
  'CdtrAcct/Id': ['IBAN|Othr'],
  Othr: ['Id'],
  DbtrAgt: ['FinInstnId'],
  CdtrAgt: ['FinInstnId'],
  FinInstnId: ['BICFI|ClrSysMmbId'],
  ClrSysMmbId: ['ClrSysId?', 'MmbId'],
  ClrSysId: ['Cd'],
  CdtTrfTxInf: ['PmtId', 'Amt', 'CdtrAgt?', 'Cdtr?', 'CdtrAcct?', 'RmtInf?'],
  PmtId: ['InstrId?', 'EndToEndId'],
  Amt: ['InstdAmt'],
  RmtInf: ['Ustrd'],
};
const simple: Record<string, RegExp> = {
  MsgId: /^.{1,35}$/,
  CreDtTm: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  NbOfTxs: /^[0-9]{1,15}$/,
  CtrlSum: /^\d{1,15}(\.\d{1,4})?$/,
  Nm: /^.{1,140}$/su,
  PmtInfId: /^.{1,35}$/,
  PmtMtd: /^(CHK|TRF|TRA)$/,
  Dt: /^\d{4}-\d{2}-\d{2}$/,
  IBAN: /^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$/,
  Id: /^.{1,34}$/,
  BICFI: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  Cd: /^.{1,5}$/,
  MmbId: /^.{1,35}$/,
  EndToEndId: /^.{1,35}$/,
  InstdAmt: /^\d{1,14}(\.\d{1,4})?$/,
  Ustrd: /^.{1,140}$/,
};

/** Where a document leaves the schema. */
function faults(node: Node, parent = ''): string[] {
  const order = node.tag === 'Id' && node.children.length === 0 ? undefined : (schema[`${parent}/${node.tag}`] ?? schema[node.tag]);
  if (!order) return node.children.length === 0 && simple[node.tag]?.test(node.text) ? [] : [`${parent}/${node.tag}: ${node.text}`];
  const tags = node.children.map(({ tag }) => `${tag} `).join('');
  const pieces = order.map((entry) => `(?:(?:${entry.replace(/[?+]$/, '')}) )${/[?+]$/.exec(entry)?.[0] ?? ''}`);
  const own =
    new RegExp(`^${pieces.join('')}$`).test(tags) && node.text.trim() === '' ? [] : [`${node.tag} holds ${tags}${node.text.trim()}`];
  return [...own, ...node.children.flatMap((child) => faults(child, node.tag))];
}

const all = (node: Node, tag: string): Node[] => [
  ...(node.tag === tag ? [node] : []),
  ...node.children.flatMap((child) => all(child, tag)),
];

describe('payout files', () => {
  it('inv 37: are the same bytes every time', () => {
    for (const format of [payoutCsv, pain001]) expect(write(format, structuredClone(payout), structuredClone(items))).toBe(write(format));
  });

  it('write CSV as documented', () => {
    expect(write(payoutCsv)).toBe(
      [
        'item,holder,account,bank,currency,amount,execution_date,reference',
        '0195f0c28e5b7a0194c1000000000002,"李, ""小明""",6222020200112233446,102100099996,CNY,1000.00,2026-02-03,Commission 2026-01',
        '0195f0c28e5b7a0194c1000000000003,Müller & Co,DE89370400440532013000,COBADEFFXXX,CNY,10.05,2026-02-03,Commission 2026-01',
        '',
      ].join('\r\n'),
    );
  });

  it('write pain.001.001.09 in the order and with the types of its schema', () => {
    const document = readXml(write(pain001));
    expect(document.attributes).toBe(' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"');
    expect(faults(document)).toEqual([]);
    expect(all(document, 'Nm').map(({ text }) => text)).toEqual(['Tea & Sons <House>', 'Tea & Sons <House>', '李, "小明"', 'Müller & Co']);
    expect(all(document, 'NbOfTxs').map(({ text }) => text)).toEqual(['2', '2']);
    expect(all(document, 'CtrlSum').map(({ text }) => text)).toEqual(['1010.05', '1010.05']);
    expect(all(document, 'EndToEndId').map(({ text }) => text)).toEqual([
      '0195f0c28e5b7a0194c1000000000002',
      '0195f0c28e5b7a0194c1000000000003',
    ]);
    expect(all(document, 'InstdAmt').map(({ attributes, text }) => attributes + text)).toEqual([' Ccy="CNY"1000.00', ' Ccy="CNY"10.05']);
  });

  it('are checked by a schema that sees what is wrong', () => {
    const xml = write(pain001);
    expect(faults(readXml(xml.replace('<PmtMtd>TRF</PmtMtd>', '')))).toHaveLength(1);
    expect(faults(readXml(xml.replace('CNY">1000.00', 'CNY">1e3')))).toHaveLength(1);
    expect(() => readXml(xml.replace('&amp;', '&'))).toThrow(/not escaped/);
    expect(() => readXml(xml.replace('</PmtInf>', ''))).toThrow(/ends as/);
  });

  it.each([
    ['JPY', '101005'],
    ['CNY', '1010.05'],
    ['KWD', '101.005'],
  ])('write amounts with the digits of %s', (currency, sum) => {
    const of = { ...payout, currency };
    expect(all(readXml(write(pain001, of)), 'CtrlSum')[0]!.text).toBe(sum);
    expect(write(payoutCsv, of)).toContain(`,${currency},`);
  });

  const holder = fc
    .string({ minLength: 1, maxLength: 10, unit: fc.constantFrom('a', '&', '<', '>', '"', "'", ',', ';', ' ', 'é', '汉', '&amp;', ']]>') })
    .map((text) => `x${text}y`);
  const generated = fc.array(fc.record({ holder, amountMinor: magnitude(1_000_000_000) }), { minLength: 1, maxLength: 3 });
  const listOf = (rows: readonly { holder: string; amountMinor: number }[]) =>
    rows.map((row, index): ApprovedItem => ({
      ...items[index % 2]!,
      amountMinor: row.amountMinor,
      payee: { ...items[index % 2]!.payee, holder: row.holder },
    }));

  it('inv 36, 37: are the same bytes for the same batch, and say every name and amount unchanged', () => {
    prove([generated, fc.constantFrom('JPY', 'CNY', 'KWD')], (rows, currency) => {
      const of = { ...payout, currency };
      const [xml, csv] = [write(pain001, of, listOf(rows)), write(payoutCsv, of, listOf(rows))];
      must(xml === write(pain001, { ...of }, listOf(rows)) && csv === write(payoutCsv, { ...of }, listOf(rows)), 'other bytes');
      const names = [...xml.matchAll(/<Cdtr><Nm>([^<]*)<\/Nm>/g)].map(([, name]) =>
        name!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
      );
      const amounts = [...xml.matchAll(/<InstdAmt Ccy="[A-Z]{3}">([\d.]+)</g)].map(([, amount]) => parseDecimal(amount!, currency));
      must(
        JSON.stringify(names.map((name, index) => [name, amounts[index]])) ===
          JSON.stringify(rows.map((row) => [row.holder, row.amountMinor])),
        xml,
      );
    });
  });

  it('are read back by a reader of XML and one of CSV', () => {
    check([generated, fc.constantFrom('JPY', 'CNY', 'KWD')], (rows, currency) => {
      const of = { ...payout, currency };
      must(faults(readXml(write(pain001, of, listOf(rows)))).length === 0, 'the schema says otherwise');
      const csv: Record<string, string>[] = parse(write(payoutCsv, of, listOf(rows)), { columns: true });
      must(
        JSON.stringify(csv.map((row) => [row.holder, parseDecimal(row.amount!, currency)])) ===
          JSON.stringify(rows.map((row) => [row.holder, row.amountMinor])),
        'the CSV says something else',
      );
    });
  });
});
