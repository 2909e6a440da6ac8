import { setImmediate as nextTurn } from 'node:timers/promises';
import { QueryFailedError, QueryResult, QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';
import type { SqliteStatement } from './libsql-driver';
import type { TransactionGate } from './transaction-gate';

/** Statements are synchronous: after this long without a pause the event loop gets a turn. */
const TURN_MS = 15;
const CACHED_STATEMENTS = 300;

interface Connection {
  prepare(sql: string): SqliteStatement;
}

/** What the query runners of one SQLite file have in common. */
export class SqliteShared {
  private readonly statements = new Map<string, SqliteStatement>();
  private turnEnds = 0;

  constructor(readonly gate: TransactionGate) {}

  statement(connection: Connection, sql: string): SqliteStatement {
    const cached = this.statements.get(sql);
    if (cached) return cached;
    const prepared = connection.prepare(sql);
    this.statements.set(sql, prepared);
    if (this.statements.size > CACHED_STATEMENTS) {
      const [oldest] = this.statements.keys();
      if (oldest !== undefined) this.statements.delete(oldest);
    }
    return prepared;
  }

  /** Lets timers, sockets and the other services of the process run, if it has been a while. */
  async pause(): Promise<void> {
    if (performance.now() < this.turnEnds) return;
    await nextTurn();
    this.turnEnds = performance.now() + TURN_MS;
  }
}

/**
 * A query runner of its own per use (TypeORM would share one), all on one connection behind the gate. A statement
 * outside a transaction holds the gate while it runs; a transaction from its beginning to its end.
 */
export class SqliteQueryRunner extends BetterSqlite3QueryRunner {
  constructor(
    driver: BetterSqlite3Driver,
    private readonly shared: SqliteShared,
  ) {
    super(driver);
  }

  get gate(): TransactionGate {
    return this.shared.gate;
  }

  override query(sql: string, parameters: unknown[] | undefined, structured: true): Promise<QueryResult>;
  override query<T>(sql: string, parameters?: unknown[], structured?: false): Promise<T>;
  override async query(sql: string, parameters: unknown = [], structured = false): Promise<unknown> {
    if (!Array.isArray(parameters)) throw new TypeError('parameters are a list, one for each ? of the statement');
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    return this.alone(() => {
      this.dataSource.logger.logQuery(text, parameters, this);
      const result = this.execute(text, parameters);
      return structured ? result : (result.raw as unknown);
    });
  }

  /**
   * Runs a statement for every few rows of parameters: a statement of many rows gains nothing more on an embedded database.
   * @param sqlOf the statement for a number of rows, which is `atOnce` or 1
   * @returns rows written
   */
  async executeEach(sqlOf: (rows: number) => string, rows: readonly (readonly unknown[])[], atOnce = 1): Promise<number> {
    const [one, many] = [sqlOf(1), sqlOf(atOnce)];
    let written = 0;
    let next = 0;
    while (next < rows.length) {
      await this.alone(() => {
        const until = performance.now() + TURN_MS;
        do {
          const some = rows.length - next >= atOnce ? atOnce : 1;
          const sql = some === 1 ? one : many;
          const values = some === 1 ? (rows[next] ?? []) : rows.slice(next, next + some).flat();
          next += some;
          try {
            written += this.statement(sql).run(...values).changes;
          } catch (error) {
            throw new QueryFailedError(sql, [...values], asError(error));
          }
        } while (next < rows.length && performance.now() < until);
      });
    }
    return written;
  }

  override async startTransaction(isolation?: IsolationLevel): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction(isolation);
    await this.gate.enter(this);
    try {
      await super.startTransaction(isolation);
    } catch (error) {
      this.isTransactionActive = false;
      this.gate.leave(this);
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (this.transactionDepth === 0) this.gate.leave(this);
  }

  override async rollbackTransaction(): Promise<void> {
    const outermost = this.transactionDepth <= 1;
    try {
      await super.rollbackTransaction();
    } finally {
      // SQLite itself rolls back on some errors; the gate must open even when there was nothing left to roll back.
      if (outermost) {
        this.isTransactionActive = false;
        this.transactionDepth = 0;
        this.gate.leave(this);
      }
    }
  }

  override async release(): Promise<void> {
    if (this.isTransactionActive) await this.rollbackTransaction();
    this.isReleased = true;
    await super.release();
  }

  private async alone<T>(work: () => T): Promise<T> {
    if (this.isReleased) throw new QueryRunnerAlreadyReleasedError();
    const holds = this.gate.isHeldBy(this);
    if (!holds && !this.gate.tryEnter(this)) await this.gate.enter(this);
    try {
      return work();
    } finally {
      if (!holds) this.gate.leave(this);
      await this.shared.pause();
    }
  }

  private statement(sql: string): SqliteStatement {
    return this.shared.statement(this.driver.databaseConnection as Connection, sql);
  }

  private execute(sql: string, parameters: unknown[]): QueryResult {
    const result = new QueryResult();
    try {
      const statement = this.statement(sql);
      if (statement.reader) {
        result.records = statement.all(...parameters);
        result.raw = result.records;
      } else {
        const { changes, lastInsertRowid } = statement.run(...parameters);
        result.affected = changes;
        result.raw = lastInsertRowid;
      }
    } catch (error) {
      throw new QueryFailedError(sql, parameters, asError(error));
    }
    return result;
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : Object.assign(new Error(String(error)), error));
