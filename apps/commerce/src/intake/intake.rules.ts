import type { BatchResult, FieldError } from '@concentric/contracts';
import { fieldErrors, jsonFault } from '@concentric/service-kit';
import type { z } from 'zod';

/** A row that passed its schema, with its place in the batch. */
export interface IntakeRow<T> {
  readonly index: number;
  readonly value: T;
}

/** What is wrong with a row, in the words of whoever has to repair it. */
export function fault(field: string, code: string, message: string, remedy: string): FieldError {
  return { field, code, message, remedy };
}

/** Counts what becomes of the rows of one batch; a refused row never stops the others. */
export class Tally {
  private acceptedRows = 0;
  private unchangedRows = 0;
  private readonly rejectedRows: BatchResult['rejected'] = [];

  /** A row that changed something. */
  accept(): void {
    this.acceptedRows += 1;
  }

  /** A row that said what was known. */
  leave(): void {
    this.unchangedRows += 1;
  }

  /** A row that was refused. @param index its place in the batch */
  reject(index: number, externalId: string, errors: FieldError[]): void {
    this.rejectedRows.push({ index, externalId, errors });
  }

  /** A tally that goes on from here, for an attempt that may have to be repeated. */
  copy(): Tally {
    const copy = new Tally();
    copy.acceptedRows = this.acceptedRows;
    copy.unchangedRows = this.unchangedRows;
    copy.rejectedRows.push(...this.rejectedRows);
    return copy;
  }

  /** In the order of the batch. */
  result(): BatchResult {
    const rejected = [...this.rejectedRows].sort((a, b) => a.index - b.index);
    return { accepted: this.acceptedRows, unchanged: this.unchangedRows, rejected };
  }
}

/**
 * Validates every item of a batch once. Items that fail go to the tally under the name found in `nameField`; the
 * others come back typed. Text that no database can keep (NUL, half a surrogate pair) is refused here too, because a
 * file does not pass the checks that an HTTP body has passed.
 */
export function parseRows<S extends z.ZodType>(
  schema: S,
  items: readonly unknown[],
  nameField: string,
  tally: Tally,
): IntakeRow<z.output<S>>[] {
  const rows: IntakeRow<z.output<S>>[] = [];
  items.forEach((item, index) => {
    const unstorable = jsonFault(item);
    if (unstorable) return tally.reject(index, '', [unstorable]);
    const parsed = schema.safeParse(item);
    if (parsed.success) rows.push({ index, value: parsed.data });
    else tally.reject(index, nameOf(item, nameField), withRemedies(fieldErrors(parsed.error)));
  });
  return rows;
}

function withRemedies(errors: FieldError[]): FieldError[] {
  return errors.map((error) =>
    error.remedy ? error : { ...error, remedy: 'Correct the field as the message says and send the record again.' },
  );
}

function nameOf(item: unknown, field: string): string {
  if (typeof item !== 'object' || item === null) return '';
  const name: unknown = Reflect.get(item, field);
  return typeof name === 'string' || typeof name === 'number' ? String(name).slice(0, 100) : '';
}

/** Which days of which channels have had facts published: a seal of such a day has to be renewed. */
export class PublishedDays {
  private readonly days = new Map<string, { channel: string; businessDate: string }>();

  add(channel: string, businessDate: string): void {
    this.days.set(`${channel} ${businessDate}`, { channel, businessDate });
  }

  list(): { channel: string; businessDate: string }[] {
    return [...this.days.values()];
  }
}
