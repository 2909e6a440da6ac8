import type { FieldError } from '@concentric/contracts';
import { fieldPath } from './problem.rules';

/** Deeper input is never ours, and recursive code downstream would overflow its stack on it. */
const deepest = 32;
// NUL ends strings in some drivers, lone surrogates are refused by MySQL: both would surface as a 500 far away from here.
const unstorable = /[\u0000\p{Cs}]/u;

/**
 * What no schema should have to think about: nesting, names that reach into prototypes, text that cannot be stored.
 * Iterative, because the input decides the depth. Returns the first thing wrong, or undefined.
 */
export function jsonFault(root: unknown): FieldError | undefined {
  const stack: { value: unknown; path: readonly PropertyKey[] }[] = [{ value: root, path: [] }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, path } = item;
    if (typeof value === 'string') {
      if (unstorable.test(value)) return textFault(fieldPath(path));
    } else if (typeof value === 'object' && value !== null) {
      if (path.length >= deepest) {
        return { field: fieldPath(path.slice(0, 4)), code: 'too_deep', message: `nested deeper than ${deepest} levels`, remedy: 'Send a flatter structure.' };
      }
      if (Array.isArray(value)) value.forEach((entry: unknown, index) => stack.push({ value: entry, path: [...path, index] }));
      else {
        for (const [key, entry] of Object.entries(value)) {
          if (key === '__proto__' || unstorable.test(key)) {
            return { field: fieldPath(path), code: 'forbidden_name', message: 'a field has a name that is not allowed', remedy: 'Remove or rename the field.' };
          }
          stack.push({ value: entry, path: [...path, key] });
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
