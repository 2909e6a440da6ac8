import type { SqlFragment } from '@concentric/service-kit';

/** Rows whose column begins with a text, the same on every dialect (LIKE ignores case on some) and served by an index. */
export function beginsWith(column: string, text: string): SqlFragment {
  const last = String.fromCodePoint(0x10ffff);
  return { sql: `${column} >= ? AND ${column} <= ? AND SUBSTR(${column}, 1, ?) = ?`, params: [text, text + last, [...text].length, text] };
}
