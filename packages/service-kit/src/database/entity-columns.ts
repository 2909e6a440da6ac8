import { Column, PrimaryColumn, type ColumnOptions } from 'typeorm';
import { columnTypes, varchar, type ColumnType } from './column-types';
import { idInOrNull, idOutOrNull } from './ids';
import { intOrNull } from './int';

export interface EntityColumnOptions {
  readonly primary?: boolean;
  readonly nullable?: boolean;
  /** Column name, where it is not the property in snake_case. */
  readonly name?: string;
}

const asId = { to: idInOrNull, from: idOutOrNull };
const asInt = { to: intOrNull, from: intOrNull };
const asFlag = {
  to: (value: boolean | null | undefined) => (value === null || value === undefined ? value : value ? 1 : 0),
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value) !== 0),
};
const asJson = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value),
};

function column(type: ColumnType, o: EntityColumnOptions, transformer?: ColumnOptions['transformer']): PropertyDecorator {
  const options = {
    type: type.type as 'varchar',
    ...(type.length === undefined ? {} : { length: type.length }),
    ...(o.name === undefined ? {} : { name: o.name }),
    ...(transformer === undefined ? {} : { transformer }),
  };
  return o.primary ? PrimaryColumn(options) : Column({ ...options, nullable: o.nullable ?? false });
}

/** UUID text in code, 16 bytes in the database. */
export const IdColumn = (o: EntityColumnOptions = {}) => column(columnTypes.id, o, asId);
/** Signed minor units: a safe integer in code. */
export const MoneyColumn = (o: EntityColumnOptions = {}) => column(columnTypes.bigint, o, asInt);
/** Epoch milliseconds. */
export const InstantColumn = (o: EntityColumnOptions = {}) => column(columnTypes.bigint, o, asInt);
/** A count or any other whole number up to 2^53 - 1. */
export const BigIntColumn = (o: EntityColumnOptions = {}) => column(columnTypes.bigint, o, asInt);
/** A whole number of 32 bits: versions, positions, rates in ppm. */
export const IntColumn = (o: EntityColumnOptions = {}) => column(columnTypes.int, o, asInt);
/** true or false. */
export const FlagColumn = (o: EntityColumnOptions = {}) => column(columnTypes.flag, o, asFlag);
/** `YYYY-MM-DD` */
export const DateColumn = (o: EntityColumnOptions = {}) => column(columnTypes.date, o);
/** `YYYY-MM` */
export const PeriodColumn = (o: EntityColumnOptions = {}) => column(columnTypes.period, o);
/** ISO 4217 code. */
export const CurrencyColumn = (o: EntityColumnOptions = {}) => column(columnTypes.currency, o);
/** Text that is compared and indexed: codes, names of states. */
export const KeyColumn = (o: EntityColumnOptions & { length: number }) => column(varchar(o.length), o);
/** Text that is read. @param o.length characters, 255 when left out */
export const TextColumn = (o: EntityColumnOptions & { length?: number } = {}) => column(varchar(o.length ?? 255), o);
/** Text of any length. */
export const LongTextColumn = (o: EntityColumnOptions = {}) => column(columnTypes.json, o);
/** Any JSON value; text in the database on both dialects. */
export const JsonColumn = (o: EntityColumnOptions = {}) => column(columnTypes.json, o, asJson);
/** 32 bytes. */
export const HashColumn = (o: EntityColumnOptions = {}) => column(columnTypes.hash, o);
/** Bytes of any length. */
export const BytesColumn = (o: EntityColumnOptions = {}) => column(columnTypes.bytes, o);
