import {
  expenseInput,
  identityType,
  importKind,
  orderInput,
  partnerInput,
  productInput,
  refundInput,
  type ImportKind,
} from '@concentric/contracts';
import { z } from 'zod';

export interface Columns {
  required: readonly string[];
  optional: readonly string[];
}
type Schema = z.core.JSONSchema.BaseSchema;
interface Column {
  name: string;
  isRequired: boolean;
}

/** Fields of a record as columns of a file: `line.` for those of a line, `buyer.<type>` for identities, a dot for nesting. */
function columnsIn(schema: Schema, prefix = '', mustBe = true): Column[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = field as Schema;
    const isRequired = mustBe && (schema.required ?? []).includes(name);
    if (name === 'buyer' && inner.items)
      return identityType.options.map((type) => ({ name: `buyer.${type}`, isRequired: false }));
    if (inner.items) return columnsIn(inner.items as Schema, 'line.', isRequired);
    if (inner.properties) return columnsIn(inner, `${prefix}${name}.`, isRequired);
    return [{ name: prefix + name, isRequired }];
  });
}

function columnsOf(record: z.ZodType): Columns {
  const columns = columnsIn(z.toJSONSchema(record, { io: 'input' }));
  const names = (isRequired: boolean) =>
    columns.filter((column) => column.isRequired === isRequired).map(({ name }) => name);
  return { required: names(true), optional: names(false) };
}

/** What a file of each kind may hold, as the schemas of intake say it. A header with any other column is refused whole. */
export const COLUMNS: Readonly<Record<ImportKind, Columns>> = {
  orders: columnsOf(orderInput),
  refunds: columnsOf(refundInput),
  products: columnsOf(productInput),
  expenses: columnsOf(expenseInput),
};
/** The columns of a network file. */
export const NETWORK_COLUMNS = columnsOf(partnerInput);

export const IMPORT_KINDS = importKind.options;

/** Records of products name no channel; only those of the other kinds can be given one. */
export const takesChannel = (kind: ImportKind): boolean =>
  [...COLUMNS[kind].required, ...COLUMNS[kind].optional].includes('channel');
