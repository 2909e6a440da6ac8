/** What every refusal of this package carries: a stable code, the field it is about and a sentence with the remedy. */
export abstract class MoneyError extends Error {
  abstract readonly code: string;

  constructor(
    /** Name of the field the caller was reading, so that a rejected row can point at its column. */
    readonly field: string,
    message: string,
  ) {
    super(`${field}: ${message}`);
    this.name = new.target.name;
  }
}

/** A number that is not an integer, lies outside the safe-integer range, or is impossible in its place. */
export class MoneyRangeError extends MoneyError {
  readonly code = 'MONEY_OUT_OF_RANGE';
}

export type MoneyFormatReason = 'empty' | 'spaces' | 'separator' | 'exponent' | 'not-a-number' | 'too-many-decimals';

/** A text that is not one plain decimal amount; `reason` is stable, for lists of rejected rows. */
export class MoneyFormatError extends MoneyError {
  readonly code = 'MONEY_BAD_FORMAT';

  constructor(
    field: string,
    readonly reason: MoneyFormatReason,
    message: string,
  ) {
    super(field, message);
  }
}

/** A code that is not a currency money can be kept in. */
export class MoneyCurrencyError extends MoneyError {
  readonly code = 'MONEY_UNKNOWN_CURRENCY';
}
