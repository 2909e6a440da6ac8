import type { SentKind, SentReject } from '../history/history';
import type { StagedFiles } from '../staging/staging';
import type { RejectRow } from './reports';

/** Rows that were refused while the files were read. */
export function stagedRejects({ database, files }: StagedFiles): RejectRow[] {
  type Row = { file: number; row: number; kind: string; id: string; field: string; code: string; message: string; remedy: string };
  return database
    .all<Row>('SELECT * FROM reject')
    .map(({ file, row, kind, id, field, code, message, remedy }) => [
      files[file]!.name,
      row,
      kind,
      id,
      files[file]!.nameOf(field),
      code,
      message,
      remedy,
    ]);
}

const TABLES: Readonly<Record<SentKind, { table: string; key: string; hasChannel: boolean }>> = {
  products: { table: 'product', key: 'sku', hasChannel: false },
  partners: { table: 'partner', key: 'code', hasChannel: false },
  orders: { table: 'orders', key: 'external', hasChannel: true },
  refunds: { table: 'refund', key: 'external', hasChannel: true },
  expenses: { table: 'expense', key: 'external', hasChannel: false },
};

/** What a service refused, under the file and line that it came from and the column that it is about. */
export function refusedRows({ database, files }: StagedFiles, { kind, channel, externalId, errors }: SentReject): RejectRow[] {
  const { table, key, hasChannel } = TABLES[kind];
  const values = hasChannel ? [externalId, channel] : [externalId];
  const place = database.get<{ file: number; row: number }>(
    `SELECT file, row FROM ${table} WHERE ${key} = ?${hasChannel ? ' AND channel = ?' : ''}`,
    values,
  );
  const file = files[place?.file ?? -1];
  return errors.map(({ field, code, message, remedy }) => {
    const own = FIELDS[field.replace(/^lines\[\d+\]\.?|\[\d+\].*$/, '')] ?? field;
    return [file?.name ?? '', place?.row ?? 0, kind, externalId, file?.nameOf(own) ?? own, code, message, remedy ?? ''];
  });
}

/** Fields of the services by what manifests call them, where that differs. */
const FIELDS: Readonly<Record<string, string>> = {
  ...{ externalId: 'order', orderExternalId: 'order', storeCode: 'store', guideCode: 'guide', leaderCode: 'leader', parentCode: 'parent' },
  ...{
    netMinor: 'amount',
    amountMinor: 'amount',
    costMinor: 'cost',
    fulfilmentMinor: 'fulfilment',
    unitCostMinor: 'unitCost',
    lineNo: 'line',
  },
  ...{ 'match.sku': 'sku', 'match.buyer.value': 'buyer', 'match.buyer': 'buyer' },
};
