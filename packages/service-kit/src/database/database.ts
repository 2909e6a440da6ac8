import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { Dialect } from './column-types';
import { dialectOf } from './data-source';
import { isPassing } from './database.errors';
import { SqliteQueryRunner } from './sqlite-query-runner';
import { waitsForStatements } from './statement-under-way';

/** The handle of a unit of work: everything inside a transaction goes through it. */
export type Tx = EntityManager;

const ATTEMPTS = 6;
const afterCommits = new WeakMap<QueryRunner, (() => void)[]>();

/** A service's own database. */
@Injectable()
export class Database {
  readonly dialect: Dialect;

  constructor(readonly source: DataSource) {
    this.dialect = dialectOf(source);
  }

  /**
   * One unit of work: commits when `work` is done, leaves nothing when it throws. A deadlock or a lock that was not
   * granted in time runs the whole of `work` again (up to six times), so it must do nothing outside the database.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isPassing(error)) throw error;
        // Jittered: two that met in a deadlock must not meet again.
        await delay(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  /** Reads without a transaction: each statement sees what was committed when it began. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return work(this.source.manager);
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const created = this.source.createQueryRunner();
    const runner = created instanceof SqliteQueryRunner ? created : waitsForStatements(created);
    try {
      await runner.startTransaction();
      let result: T;
      try {
        const run = () => work(runner.manager);
        result = await (runner instanceof SqliteQueryRunner ? runner.gate.within(runner, run) : run());
        await runner.commitTransaction();
      } catch (error) {
        // The first error is the one to report; a rollback on a lost connection can only fail as well.
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
      for (const act of afterCommits.get(runner) ?? []) act();
      return result;
    } finally {
      await runner.release();
    }
  }
}

/** Calls `act` once the transaction of this handle has committed; never when it is rolled back. It must not throw. */
export function afterCommit(tx: Tx, act: () => void): void {
  if (!tx.queryRunner?.isTransactionActive) throw new Error('afterCommit is for a handle inside a transaction');
  const acts = afterCommits.get(tx.queryRunner);
  if (acts) acts.push(act);
  else afterCommits.set(tx.queryRunner, [act]);
}
