import { Injectable } from '@nestjs/common';
import { Database } from '../database/database';

/**
 * Whether this process may be sent requests: not draining, database reachable, schema as the code expects. The bus and
 * other services do not count: without them writes still succeed and wait in the outbox.
 */
@Injectable()
export class Readiness {
  private draining = false;
  private schemaIsCurrent = false;

  constructor(private readonly database: Database) {}

  /** From now on not ready, so that load balancers stop sending before the listener closes. */
  drain(): void {
    this.draining = true;
  }

  /** Why not ready, or undefined when it is. Never throws, and answers within two seconds. */
  async obstacle(): Promise<'draining' | 'database' | 'schema' | undefined> {
    if (this.draining) return 'draining';
    try {
      return await within(2_000, this.check());
    } catch {
      return 'database';
    }
  }

  private async check(): Promise<'schema' | undefined> {
    await this.database.read((tx) => tx.query('SELECT 1 AS one'));
    // Once current, the schema stays so for this code: only the connection has to be asked again.
    if (!this.schemaIsCurrent) this.schemaIsCurrent = !(await this.database.source.showMigrations());
    return this.schemaIsCurrent ? undefined : 'schema';
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
