import type { FieldError } from '@concentric/contracts';
import { fieldPath } from './problem.rules';

/** Deeper input is never ours, and recursive code downstream would overflow its stack on it. */
const deepest = 32;
// NUL ends strings in some drivers, lone surrogates are refused by MySQL: both would surface as a 500 far away from here.
const unstorable = /[\u0000\p{Cs}]/u;

/** A value and where it stands; its path is written out only when something is wrong with it. */
interface Place {
  readonly value: unknown;
  readonly name: PropertyKey;
  readonly within: Place | null;
  readonly depth: number;
}

/** Numbers, booleans and null can hold nothing wrong. */
const isHarmless = (value: unknown): boolean => typeof value !== 'string' && (typeof value !== 'object' || value === null);

function pathOf(place: Place): PropertyKey[] {
  const path: PropertyKey[] = [];
  for (let at = place; at.within !== null; at = at.within) path.unshift(at.name);
  return path;
}

/**
 * What no schema should have to think about: nesting, names that reach into prototypes, text that cannot be stored.
 * Iterative, because the input decides the depth. Returns the first thing wrong, or undefined.
 */
export function jsonFault(root: unknown): FieldError | undefined {
  const stack: Place[] = [{ value: root, name: '', within: null, depth: 0 }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const within = place;
    const { value, depth } = place;
    if (typeof value === 'string') {
      if (unstorable.test(value)) return textFault(fieldPath(pathOf(place)));
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= deepest) {
        return {
          field: fieldPath(pathOf(place).slice(0, 4)),
          code: 'too_deep',
          message: `nested deeper than ${deepest} levels`,
          remedy: 'Send a flatter structure.',
        };
      }
      if (Array.isArray(value))
        value.forEach((entry: unknown, name) => void (isHarmless(entry) || stack.push({ value: entry, name, within, depth: depth + 1 })));
      else {
        for (const [key, entry] of Object.entries(value)) {
          if (key === '__proto__' || unstorable.test(key)) {
            return {
              field: fieldPath(pathOf(place)),
              code: 'forbidden_name',
              message: 'a field has a name that is not allowed',
              remedy: 'Remove or rename the field.',
            };
          }
          if (!isHarmless(entry)) stack.push({ value: entry, name: key, within, depth: depth + 1 });
        }
      }
    }
  }
  return undefined;
}

/** As `jsonFault`, for a path or query value. */
export function textFault(field: string): FieldError {
  return {
    field,
    code: 'unstorable_text',
    message: 'contains a NUL character or half of a surrogate pair',
    remedy: 'Send well-formed Unicode text without NUL characters.',
  };
}

/** Whether text can be stored on every database as it is. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}
