import type { z } from 'zod';
import type { listQuery } from '@concentric/contracts';
import type { Tx } from '../../database/database';
import { invalid } from '../domain.errors';
import { afterCursor, type Cursor, type CursorValue, readCursor, type SortType, splitSelect, writeCursor } from './keyset.rules';

/** A condition and its values, in order of its `?` placeholders. */
export interface SqlFragment {
  sql: string;
  params: unknown[];
}
export type ListQuery = z.output<typeof listQuery>;

/** A page as `listOf` in contracts describes it. */
export interface Page<Row> {
  data: Row[];
  total: number;
  totalIsCapped: boolean;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; nextCursor: string | null };
}

export interface KeysetListOptions<Row> {
  /** `SELECT columns FROM …` with joins but without WHERE, GROUP BY or ORDER BY. */
  select: string;
  /** What may be sorted by: public name -> column as it stands in `select`. `notNull` lets the database use an index better. */
  sorts: Record<string, { column: string; type: SortType; notNull?: boolean }>;
  /** A name from `sorts`, with a leading `-` for descending. */
  defaultSort: string;
  /** A unique, never null column that breaks ties; a 16-byte id unless `keyType` says otherwise. */
  key: string;
  keyType?: SortType;
  /** Turns a raw row into the answer's; without it rows are given as they are. */
  row?: (raw: Record<string, unknown>) => Row;
}

const totalCap = 10_000;
const sortAlias = 'keyset_sort';
const keyAlias = 'keyset_key';

/**
 * Lists of any size, page by page, on every dialect: a page begins after the last row of the one before instead of at
 * an offset, so page 10,000 costs what page 1 costs and rows written meanwhile neither repeat nor hide others.
 */
export class KeysetList<Row = Record<string, unknown>> {
  private readonly columns: string;
  private readonly from: string;

  constructor(private readonly options: KeysetListOptions<Row>) {
    const { columns, from } = splitSelect(options.select);
    this.columns = columns;
    this.from = from;
    if (options.sorts[options.defaultSort.replace(/^-/, '')] === undefined) throw new Error(`there is no sort ${options.defaultSort}`);
  }

  /**
   * One page of the rows that meet every condition; the total is counted up to 10,000.
   * Raises `invalid_input` (400) for an unknown sort or a cursor that is not from this list and sort.
   */
  async page(tx: Tx, request: { query: ListQuery; where?: readonly SqlFragment[] }): Promise<Page<Row>> {
    const { query } = request;
    const conditions = request.where ?? [];
    const text = query.sort ?? this.options.defaultSort;
    const descending = text.startsWith('-');
    const name = descending ? text.slice(1) : text;
    const sort = Object.hasOwn(this.options.sorts, name) ? this.options.sorts[name] : undefined;
    if (sort === undefined) {
      throw invalid([
        {
          field: 'sort',
          code: 'unknown_sort',
          message: 'this list cannot be sorted by that',
          remedy: `Use one of ${Object.keys(this.options.sorts).join(', ')}.`,
        },
      ]);
    }
    const keyType = this.options.keyType ?? 'id';
    const paging: SqlFragment[] = [];
    if (query.cursor !== undefined) {
      const cursor = readCursor(query.cursor, text, sort.type, keyType);
      if (cursor === undefined)
        throw invalid([
          {
            field: 'cursor',
            code: 'unknown_cursor',
            message: 'is not a cursor of this list and sort',
            remedy: 'Use pageInfo.nextCursor of the page before, with the same sort.',
          },
        ]);
      paging.push(afterCursor(cursor, { column: sort.column, key: this.options.key, descending, notNull: sort.notNull ?? false }));
    }
    const rows = await this.rows(tx, [...conditions, ...paging], { column: sort.column, descending, limit: query.limit + 1 });
    const counted = await this.count(tx, conditions);
    const hasNextPage = rows.length > query.limit;
    const shown = hasNextPage ? rows.slice(0, query.limit) : rows;
    const last = shown.at(-1);
    return {
      data: shown.map((raw) => this.shape(raw)),
      total: Math.min(counted, totalCap),
      totalIsCapped: counted > totalCap,
      pageInfo: {
        hasNextPage,
        hasPreviousPage: query.cursor !== undefined,
        nextCursor: hasNextPage && last !== undefined ? writeCursor(cursorOf(last, text)) : null,
      },
    };
  }

  private async rows(tx: Tx, where: readonly SqlFragment[], order: { column: string; descending: boolean; limit: number }) {
    const direction = order.descending ? 'DESC' : 'ASC';
    const sql =
      `SELECT ${this.columns}, ${order.column} AS ${sortAlias}, ${this.options.key} AS ${keyAlias} FROM ${this.from}` +
      `${whereClause(where)} ORDER BY ${order.column} ${direction}, ${this.options.key} ${direction} LIMIT ${order.limit}`;
    return (await tx.query(sql, params(where))) as Record<string, unknown>[];
  }

  private async count(tx: Tx, where: readonly SqlFragment[]): Promise<number> {
    const sql = `SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM ${this.from}${whereClause(where)} LIMIT ${totalCap + 1}) capped`;
    const rows = (await tx.query(sql, params(where))) as { n: unknown }[];
    return Number(rows[0]?.n ?? 0);
  }

  private shape(raw: Record<string, unknown>): Row {
    const { [sortAlias]: _sort, [keyAlias]: _key, ...rest } = raw;
    return this.options.row === undefined ? (rest as Row) : this.options.row(rest);
  }
}

function cursorOf(row: Record<string, unknown>, sort: string): Cursor {
  return { sort, value: row[sortAlias] as CursorValue, key: row[keyAlias] as CursorValue };
}

function whereClause(where: readonly SqlFragment[]): string {
  return where.length === 0 ? '' : ` WHERE ${where.map((fragment) => `(${fragment.sql})`).join(' AND ')}`;
}

function params(where: readonly SqlFragment[]): unknown[] {
  return where.flatMap((fragment) => fragment.params);
}
