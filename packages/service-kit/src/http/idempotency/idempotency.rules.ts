import { createHash } from 'node:crypto';

/** SHA-256 of a JSON value in which the order of fields does not matter. */
export function inputHash(value: unknown): Buffer {
  return createHash('sha256').update(canonical(value)).digest();
}

/** SHA-256 that names one use of a key: by one operator, on one address. */
export function scopeHash(scope: { operatorId: string; route: string; key: string }): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([scope.operatorId, scope.route, scope.key]))
    .digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, entry]) => `${JSON.stringify(name)}:${canonical(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * The key in an Idempotency-Key header, quoted or not: 1 to 200 visible ASCII characters. Undefined when it is none.
 */
export function readIdempotencyKey(header: unknown): string | undefined {
  if (typeof header !== 'string') return undefined;
  const text = /^"(.*)"$/.exec(header.trim())?.[1] ?? header.trim();
  return /^[\x21-\x7e]{1,200}$/.test(text) ? text : undefined;
}
