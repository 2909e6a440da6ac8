export type SortType = 'text' | 'int' | 'id';
export type CursorValue = string | number | bigint | Uint8Array | null | undefined;

/** Where a page ended. */
export interface Cursor {
  sort: string;
  value: CursorValue;
  key: CursorValue;
}

/** Takes `SELECT a, b FROM t JOIN u …` apart at its own FROM, not at one within parentheses. */
export function splitSelect(select: string): { columns: string; from: string } {
  const text = select.trim();
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (depth === 0 && /^\sFROM\s/i.test(text.slice(at, at + 6))) {
      const columns = /^SELECT\s+([\s\S]+)$/i.exec(text.slice(0, at))?.[1];
      if (columns !== undefined) return { columns, from: text.slice(at + 6).trim() };
    }
  }
  throw new Error('a list needs SELECT columns FROM tables');
}

/** Opaque text of a cursor. Values are tagged, since JSON has no bytes and a missing value sorts by itself. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort, tagged(cursor.value), tagged(cursor.key)])).toString('base64url');
}

function tagged(value: CursorValue): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return { x: Buffer.from(value).toString('hex') };
  return typeof value === 'bigint' ? String(value) : value;
}

/** The cursor in a text, or undefined when it was not written for this sort and these types: it comes from outside. */
export function readCursor(
  text: string,
  sort: string,
  valueType: SortType,
  keyType: SortType,
): { value: unknown; key: unknown } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed.length !== 3 || parsed[0] !== sort) return undefined;
  const value = untagged(parsed[1], valueType);
  const key = untagged(parsed[2], keyType);
  return value === undefined || key === undefined || key === null ? undefined : { value, key };
}

function untagged(value: unknown, type: SortType): string | number | Buffer | null | undefined {
  if (value === null) return null;
  if (type === 'id') {
    const hex: unknown = typeof value === 'object' && 'x' in value ? value.x : undefined;
    return typeof hex === 'string' && /^(?:[0-9a-f]{2}){1,64}$/.test(hex) ? Buffer.from(hex, 'hex') : undefined;
  }
  if (type === 'int') {
    const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
  }
  return typeof value === 'string' && !/[\u0000\p{Cs}]/u.test(value) ? value : undefined;
}

/**
 * The condition for rows after a cursor. Both dialects sort a missing value before everything else, so ascending it is
 * passed first and descending it comes last. The leading comparison repeats what follows in a form that an index serves.
 */
export function afterCursor(
  cursor: { value: unknown; key: unknown },
  order: { column: string; key: string; descending: boolean; notNull: boolean },
): { sql: string; params: unknown[] } {
  const { column, key, descending, notNull } = order;
  const { value, key: last } = cursor;
  const beyond = descending ? '<' : '>';
  if (column === key) return { sql: `${key} ${beyond} ?`, params: [last] };
  if (value === null) {
    return descending
      ? { sql: `${column} IS NULL AND ${key} < ?`, params: [last] }
      : { sql: `${column} IS NOT NULL OR ${key} > ?`, params: [last] };
  }
  const sql = `${column} ${beyond}= ? AND (${column} ${beyond} ? OR ${key} ${beyond} ?)`;
  const values = [value, value, last];
  return descending && !notNull ? { sql: `(${sql}) OR ${column} IS NULL`, params: values } : { sql, params: values };
}
