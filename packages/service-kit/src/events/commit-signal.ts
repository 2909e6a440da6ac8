import { Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { afterCommit, type Tx } from '../database/database';

export type Topic = 'outbox' | 'job';

/**
 * Wakes whoever waits for rows the moment they are committed. Only a hint within one process: what
 * it misses (a crash, another replica) is found by polling.
 */
@Injectable()
export class CommitSignal {
  private readonly asked = { outbox: new WeakSet<QueryRunner>(), job: new WeakSet<QueryRunner>() };
  private readonly listeners = new Map<Topic, (() => void)[]>();

  /** Signals a topic once this transaction has committed. */
  after(tx: Tx, topic: Topic): void {
    if (!tx.queryRunner || this.asked[topic].has(tx.queryRunner)) return;
    this.asked[topic].add(tx.queryRunner);
    afterCommit(tx, () => this.listeners.get(topic)?.forEach((listener) => listener()));
  }

  on(topic: Topic, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }
}
