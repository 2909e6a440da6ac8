/** What there is in pieces of up to `size`, in order; none of nothing. */
export function* chunks<T>(values: Iterable<T>, size: number): Generator<readonly T[], undefined> {
  let chunk: T[] = [];
  for (const value of values) {
    chunk.push(value);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
