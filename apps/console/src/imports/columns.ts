import { importColumns, importKind, networkColumns, type ImportColumns, type ImportKind } from '@concentric/contracts';

export interface Columns {
  required: readonly string[];
  optional: readonly string[];
}

function byNeed(columns: ImportColumns): Columns {
  const names = (isRequired: boolean) => Object.keys(columns).filter((name) => columns[name]?.isRequired === isRequired);
  return { required: names(true), optional: names(false) };
}

/** What a file of each kind may hold. A header with any other column is refused whole. */
export const COLUMNS: Readonly<Record<ImportKind, Columns>> = {
  orders: byNeed(importColumns.orders),
  refunds: byNeed(importColumns.refunds),
  products: byNeed(importColumns.products),
  expenses: byNeed(importColumns.expenses),
};
export const NETWORK_COLUMNS = byNeed(networkColumns);

export const IMPORT_KINDS = importKind.options;

/** Records of products name no channel; only those of the other kinds can be given one. */
export const takesChannel = (kind: ImportKind): boolean => 'channel' in importColumns[kind];
