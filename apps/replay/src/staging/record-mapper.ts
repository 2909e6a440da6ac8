import { parseDecimal } from '@concentric/money';
import type { FileSpec } from '../manifest/manifest';
import { momentReader, type MomentReader } from './moment.rules';
import type { RawRow } from './table-reader';
import { Zone } from './zone.rules';

/** What a decoder writes for bytes that it cannot read, and what no database can keep. */
const UNREADABLE = /[\0\uFFFD]|\p{Surrogate}/u;

/** Why a row, or a part of it, was not taken in. */
export interface Refusal {
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Thrown while one row is read; the row is listed and the run goes on. */
export class RefusedRow extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

export function refuse(field: string, code: string, message: string, remedy: string): never {
  throw new RefusedRow({ field, code, message, remedy });
}

/** Texts of one row under our names of the fields, with readers for what they mean. */
export class MappedRow {
  constructor(
    private readonly row: RawRow,
    private readonly mapper: RecordMapper,
  ) {}

  /** The text of a field: its constant, or its column translated by the value map. Undefined when empty. */
  text(field: string, longest = 64): string | undefined {
    const text = this.mapper.text(this.row, field);
    if (text === undefined) return undefined;
    if (text.length > longest) refuse(field, 'too_long', `is ${text.length} characters long`, `use at most ${longest}`);
    if (UNREADABLE.test(text))
      refuse(
        field,
        'unreadable_text',
        'holds bytes that are no characters',
        `save the file in ${this.mapper.spec.encoding}, or set encoding of the file to what it is, such as gbk`,
      );
    return text;
  }

  /** Everything the row says, by field. */
  texts(): (string | null)[] {
    return this.mapper.fields.map((field) => this.text(field, Infinity) ?? null);
  }

  /** Amounts can only be added up in the one currency of the brand. */
  checkCurrency(currency: string): void {
    const text = this.text('currency');
    if (text !== undefined && text !== currency)
      refuse(
        'currency',
        'other_currency',
        `is ${text}, and the brand keeps its books in ${currency}`,
        `replay each currency with a manifest of its own, and leave the other rows out with a condition in where`,
      );
  }

  needed(field: string, longest = 64): string {
    return this.text(field, longest) ?? refuse(field, 'missing', 'is empty', `fill in ${this.mapper.nameOf(field)}`);
  }

  /** One of a closed set, after the value map. */
  choice<T extends string>(field: string, choices: readonly T[]): T | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    return (
      found ??
      refuse(
        field,
        'unknown_value',
        `${JSON.stringify(text)} has no meaning here`,
        `map it in values.${field} of the manifest to one of ${choices.join(', ')}`,
      )
    );
  }

  moment(field: string): number | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    return (
      this.mapper.moment(text) ??
      refuse(
        field,
        'bad_time',
        `${JSON.stringify(text)} is no date and time as expected`,
        `write it like 2026-01-31 16:00:00, or set timeFormat of the file`,
      )
    );
  }

  date(field: string): string | undefined {
    const moment = this.moment(field);
    return moment === undefined ? undefined : this.mapper.brandZone.dateAt(moment);
  }

  /** An exact amount in minor units of the brand's currency; negative ones are the caller's business. */
  amount(field: string): number | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    const plain = this.mapper.plain(text);
    try {
      return this.mapper.amount(plain, field);
    } catch (error) {
      const message = (error as Error).message.replace(`${field}: `, '').replace(JSON.stringify(plain), JSON.stringify(text));
      return refuse(field, 'bad_amount', message, 'write a plain number, or set amounts, decimalMark and groupMark of the file');
    }
  }

  /** A whole number; `1.0` and `1` are the same. */
  whole(field: string): number | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    const match = /^([+-]?\d{1,15})(?:[.,]0*)?$/.exec(text);
    if (!match)
      refuse(
        field,
        'bad_number',
        `${JSON.stringify(text)} is not a whole number`,
        'write a whole number of pieces, or map the amount of the line and leave the quantity out',
      );
    return Number(match![1]) + 0;
  }

  /** Identities of the buyer, the customer's own id of a person first. */
  buyer(resolve: (id: string) => string): { type: string; value: string }[] {
    return this.mapper.buyerFields.flatMap(({ field, type }) => {
      const value = this.text(field, 200);
      return value === undefined ? [] : [{ type, value: type === 'external' ? resolve(value) : value }];
    });
  }
}

/** Turns rows of one file into our fields. */
export class RecordMapper {
  readonly brandZone: Zone;
  /** Every field that the file fills, in one order whatever the manifest's. */
  readonly fields: readonly string[];
  readonly buyerFields: readonly { field: string; type: string }[];
  private readonly readMoment: MomentReader;
  private readonly empty: ReadonlySet<string>;

  constructor(
    readonly spec: FileSpec,
    private readonly currency: string,
    brandZone: Zone,
  ) {
    this.brandZone = brandZone;
    this.readMoment = momentReader(spec.timeFormat, spec.zone ? new Zone(spec.zone) : brandZone);
    this.empty = new Set(['', ...spec.empty]);
    const named = new Set([...Object.keys(spec.columns), ...Object.keys(spec.constants)]);
    this.fields = [...named].sort();
    this.buyerFields = [...named]
      .filter((field) => field === 'buyer' || field.startsWith('buyer.'))
      .map((field) => ({ field, type: field === 'buyer' ? 'external' : field.slice('buyer.'.length) }))
      .sort((a, b) => Number(b.type === 'external') - Number(a.type === 'external') || (a.type < b.type ? -1 : 1));
  }

  map(row: RawRow): MappedRow {
    return new MappedRow(row, this);
  }

  has(field: string): boolean {
    return field in this.spec.columns || field in this.spec.constants;
  }

  /** Whether the row meets the conditions of the manifest. */
  accepts(row: RawRow): boolean {
    return this.spec.where.every(({ column, in: among, notIn, empty }) => {
      const text = row.get?.(column)?.trim() ?? '';
      return (!among || among.includes(text)) && !notIn?.includes(text) && (empty === undefined || empty === this.empty.has(text));
    });
  }

  text(row: RawRow, field: string): string | undefined {
    const columns = this.spec.columns[field];
    let text: string | undefined;
    if (columns === undefined) text = this.spec.constants[field];
    else if (typeof columns === 'string') text = this.clean(row.get?.(columns));
    else {
      const parts = columns.map((column) => this.clean(row.get?.(column)));
      text = parts.some((part) => part === undefined) ? undefined : parts.join('-');
    }
    text ??= columns === undefined ? undefined : this.spec.constants[field];
    const map = this.spec.values[field];
    if (map) text = translate(map, text ?? '');
    return text === '' ? undefined : text;
  }

  moment(text: string): number | undefined {
    return this.readMoment(text);
  }

  /** An amount without the marks between thousands and with a decimal point. Of anything else no point is left, so that it is refused. */
  plain(text: string): string {
    const { decimalMark, groupMark } = this.spec;
    const [whole = '', ...decimals] = text.split(decimalMark);
    const isGrouped = groupMark !== undefined && GROUPED.test(whole.replaceAll(groupMark, '_'));
    const plain = isGrouped ? whole.replaceAll(groupMark, '') : whole;
    return /^[+-]?\d*$/.test(plain) ? [plain, ...decimals].join('.') : text.replaceAll('.', ',');
  }

  amount(plain: string, field: string): number {
    return parseDecimal(plain, this.spec.amounts === 'minor' ? 0 : this.currency, field);
  }

  /** The customer's name of a field, for messages. */
  nameOf(field: string): string {
    const columns = this.spec.columns[field];
    return columns === undefined ? field : [columns].flat().join(', ');
  }

  private clean(text: string | undefined): string | undefined {
    const trimmed = text?.trim();
    return trimmed === undefined || this.empty.has(trimmed) ? undefined : trimmed;
  }
}

/** Thousands, set apart by exactly one mark. */
const GROUPED = /^[+-]?\d{1,3}(_\d{3})+$/;

function translate(map: Readonly<Record<string, string>>, text: string): string {
  if (Object.hasOwn(map, text)) return map[text]!;
  return text === '' ? text : (map['*'] ?? text);
}
