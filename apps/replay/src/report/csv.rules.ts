export type Cell = string | number | null;

/** Code-point order of texts: the same on every machine, whatever its locale. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Sorts rows by their cells from left to right: numbers as numbers, texts by code point. */
export function sortRows<T extends readonly Cell[]>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => {
    for (let index = 0; index < a.length; index += 1) {
      const [left, right] = [a[index] ?? '', b[index] ?? ''];
      const difference = typeof left === 'number' && typeof right === 'number' ? left - right : byCodePoint(String(left), String(right));
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** RFC 4180 with line feeds: a header, then the rows as they come; nothing is empty text. */
export function csvText(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  let text = `${header.join(',')}\n`;
  for (const row of rows) text += `${row.map(cellText).join(',')}\n`;
  return text;
}

function cellText(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
