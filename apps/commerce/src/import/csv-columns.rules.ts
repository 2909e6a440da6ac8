import { identityType, importColumns, type FieldError, type ImportColumn, type ImportKind } from '@concentric/contracts';
import { fault } from '../intake/intake.rules';
import { UnreadableFile } from './import.errors';

/** Which columns tell that rows belong to one record; nothing where every row is its own. */
export function keyColumns(kind: ImportKind): readonly string[] {
  return kind === 'orders' || kind === 'refunds' ? ['channel', 'externalId'] : [];
}

/**
 * Checks a header before any row is taken in.
 * @param defaults columns that the upload itself gives
 * @throws UnreadableFile naming every column that is unknown, missing or repeated
 */
export function checkHeader(kind: ImportKind, header: readonly string[], defaults: Readonly<Record<string, unknown>>): void {
  const known = importColumns[kind];
  const wrong = header.filter((name) => !Object.hasOwn(known, name));
  const repeated = header.filter((name, at) => header.indexOf(name) < at);
  const missing = Object.entries(known).flatMap(([name, column]) =>
    column.isRequired && !header.includes(name) && !(name in defaults) ? [name] : [],
  );
  const problems = [
    ...(missing.length > 0 ? [`missing columns: ${missing.join(', ')}`] : []),
    ...(wrong.length > 0
      ? [
          `unknown columns: ${wrong
            .map((name) => JSON.stringify(name.slice(0, 60)))
            .slice(0, 20)
            .join(', ')}`,
        ]
      : []),
    ...(repeated.length > 0 ? [`repeated columns: ${[...new Set(repeated)].slice(0, 20).join(', ')}`] : []),
  ];
  if (problems.length === 0) return;
  const hint = header.length === 1 ? ' The header has one column only: cells must be separated by commas.' : '';
  throw new UnreadableFile(
    `Nothing was taken in: ${problems.join('; ')}.${hint} Columns of ${kind}: ${Object.keys(known).join(', ')}.`.slice(0, 1000),
  );
}

/** The rows of one record as the object that intake validates. Cells of the record must agree between its rows. */
export function toItem(
  kind: ImportKind,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  defaults: Readonly<Record<string, unknown>>,
): { item: Record<string, unknown>; faults: FieldError[] } {
  const columns = importColumns[kind];
  const whole: Record<string, unknown> = { ...defaults };
  const lines: Record<string, unknown>[] = rows.map(() => ({}));
  const faults: FieldError[] = [];
  header.forEach((name, at) => {
    const column = columns[name];
    if (!column) return;
    rows.forEach((cells, row) => {
      const value = valueOf(cells[at], column);
      if (value === undefined) return;
      if (name.startsWith('line.')) lines[row]![name.slice(5)] = value;
      else if (row > 0 && name in whole && whole[name] !== value) faults.push(disagree(name));
      else whole[name] = value;
    });
  });
  return { item: shape(kind, whole, lines), faults };
}

function shape(kind: ImportKind, whole: Record<string, unknown>, lines: Record<string, unknown>[]): Record<string, unknown> {
  const plain = Object.fromEntries(Object.entries(whole).filter(([name]) => !name.includes('.')));
  if (kind === 'orders') {
    const buyer = identityType.options.flatMap((type) =>
      whole[`buyer.${type}`] === undefined ? [] : [{ type, value: whole[`buyer.${type}`] }],
    );
    return { ...plain, buyer, lines };
  }
  if (kind !== 'refunds') return plain;
  const { 'match.buyer.type': type, 'match.buyer.value': value, 'match.sku': sku } = whole;
  const hasMatch = type !== undefined || value !== undefined || sku !== undefined;
  const parts = lines.filter((line) => Object.keys(line).length > 0);
  return { ...plain, ...(parts.length > 0 ? { lines: parts } : {}), ...(hasMatch ? { match: { buyer: { type, value }, sku } } : {}) };
}

/** Cells that are no whole number stay text, so that validation says what is wrong with them. */
function valueOf(cell: string | undefined, column: ImportColumn): unknown {
  const trimmed = cell?.trim() ?? '';
  if (trimmed === '') return undefined;
  return column.type === 'integer' && /^[+-]?\d{1,18}$/.test(trimmed) ? Number(trimmed) : trimmed;
}

function disagree(name: string): FieldError {
  return fault(
    name,
    'rows_disagree',
    'the rows of the record say different things here',
    'Repeat the same value in every row of a record, or leave it empty after the first.',
  );
}
