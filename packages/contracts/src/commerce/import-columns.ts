import type { ImportKind } from './api';
import { identityType } from './identity';

/** A column of a CSV: text, or a whole number. */
export interface ImportColumn {
  readonly type: 'text' | 'integer';
  readonly isRequired: boolean;
}
export type ImportColumns = Readonly<Record<string, ImportColumn>>;

const text: ImportColumn = { type: 'text', isRequired: false };
const integer: ImportColumn = { type: 'integer', isRequired: false };
const required = (column: ImportColumn): ImportColumn => ({ ...column, isRequired: true });

const buyerColumns = Object.fromEntries(identityType.options.map((type) => [`buyer.${type}`, text]));

/**
 * The columns of each kind of CSV: the fields of intake, with `line.` for those of a line and `buyer.<type>` for
 * identities. An order or refund of several lines has one row per line, next to each other.
 */
export const importColumns: Readonly<Record<ImportKind, ImportColumns>> = {
  orders: {
    channel: required(text),
    externalId: required(text),
    status: required(text),
    placedAt: required(text),
    paidAt: text,
    cancelledAt: text,
    currency: text,
    ...buyerColumns,
    storeCode: text,
    guideCode: text,
    leaderCode: text,
    touchpoint: text,
    fulfilmentMinor: integer,
    'line.lineNo': integer,
    'line.sku': required(text),
    'line.category': text,
    'line.quantity': integer,
    'line.netMinor': required(integer),
    'line.costMinor': integer,
    'line.storeCode': text,
    'line.guideCode': text,
  },
  refunds: {
    channel: required(text),
    externalId: required(text),
    occurredAt: required(text),
    orderExternalId: text,
    amountMinor: integer,
    reason: text,
    'match.buyer.type': text,
    'match.buyer.value': text,
    'match.sku': text,
    'line.lineNo': integer,
    'line.amountMinor': integer,
  },
  products: { sku: required(text), name: required(text), category: text, unitCostMinor: integer, costFrom: text },
  expenses: {
    externalId: required(text),
    occurredAt: required(text),
    class: required(text),
    purpose: required(text),
    amountMinor: required(integer),
    currency: text,
    channel: text,
    touchpoint: text,
  },
};

/** The columns of a network file. */
export const networkColumns: ImportColumns = {
  code: required(text),
  type: required(text),
  name: required(text),
  parentCode: text,
  validFrom: text,
};
