import { dateAfter, endOfMonth } from '../staging/zone.rules';

/** Dates without records that can be passed in one go: from the first to the last, both included. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
}

/**
 * Cuts the empty dates between two days into stretches. Each ends with a month at the latest, so that every period closes
 * before the next begins, exactly as it would day by day.
 * @param from first empty date @param before first date that is not part of it any more
 */
export function stretchesOf(from: string, before: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (let first = from; first < before;) {
    const month = endOfMonth(first);
    const last = dateAfter(month) < before ? month : dateAfter(before, -1);
    stretches.push({ first, last });
    first = dateAfter(last);
  }
  return stretches;
}

/** Every date of a stretch. */
export function datesOf({ first, last }: Stretch): string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = dateAfter(date)) dates.push(date);
  return dates;
}

/** Pieces of a list, each within a number of items and a total weight; a single heavier item goes alone. */
export function piecesOf<T>(items: readonly T[], most: number, heaviest = Infinity, weightOf: (item: T) => number = () => 1): T[][] {
  const pieces: T[][] = [];
  let [piece, weight]: [T[], number] = [[], 0];
  for (const item of items) {
    const own = weightOf(item);
    if (piece.length > 0 && (piece.length === most || weight + own > heaviest)) {
      pieces.push(piece);
      [piece, weight] = [[], 0];
    }
    piece.push(item);
    weight += own;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}
