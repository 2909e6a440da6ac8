import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { Database, type Tx } from '../database/database';
import { idIn, idOut, namedId } from '../database/ids';
import { int, intOrNull } from '../database/int';
import { iso } from '../database/iso';
import { insertRows } from '../database/rows';
import { CommitSignal } from '../events/commit-signal';
import { MessageFlow } from '../events/message-flow';

export interface JobRecord {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly state: 'ready' | 'running' | 'done' | 'failed';
  readonly attempts: number;
  readonly progress: object | null;
  readonly error: string | null;
  /** ISO 8601, business clock. */
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** Work that outlives a request. The table is the truth; dispatchers only say when to look at it. */
@Injectable()
export class Jobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly committed: CommitSignal,
    private readonly flow: MessageFlow,
  ) {}

  onModuleInit(): void {
    this.flow.registerPending('jobs', () => this.countOpen());
  }

  /**
   * Asks for a job, in the transaction of what makes it necessary. The same name and key is the
   * same job: asking twice does nothing. @returns its id
   */
  async enqueue(tx: Tx, name: string, key: string, payload: object): Promise<string> {
    const id = namedId(`job/${name}/${key}`);
    await insertRows(
      tx,
      'job',
      ['job_id', 'name', 'job_key', 'payload', 'state', 'attempts', 'fence', 'run_at', 'created_at'],
      [[idIn(id), name, key, JSON.stringify(payload), 'ready', 0, 0, Date.now(), this.clock.now()]],
      'ignore',
    );
    this.committed.after(tx, 'job');
    return id;
  }

  async find(id: string): Promise<JobRecord | null> {
    const rows = await this.database.read((tx) =>
      tx.query<Record<string, unknown>[]>(
        'SELECT job_id, name, job_key, state, attempts, progress, error, created_at, finished_at FROM job WHERE job_id = ?',
        [idIn(id)],
      ),
    );
    const [row] = rows;
    return row ? toJobRecord(row) : null;
  }

  /** Runs a failed job again from its first attempt. */
  async retry(tx: Tx, id: string): Promise<void> {
    await tx.query("UPDATE job SET state = 'ready', attempts = 0, run_at = ?, error = NULL WHERE job_id = ? AND state = 'failed'", [
      Date.now(),
      idIn(id),
    ]);
    this.committed.after(tx, 'job');
  }

  private async countOpen(): Promise<number> {
    const rows = await this.database.read((tx) =>
      tx.query<{ n: unknown }[]>("SELECT COUNT(*) AS n FROM job WHERE state IN ('ready', 'running')"),
    );
    return int(rows[0]?.n ?? 0);
  }
}

function toJobRecord(row: Record<string, unknown>): JobRecord {
  const finishedAt = intOrNull(row['finished_at']);
  return {
    id: idOut(row['job_id'] as Uint8Array),
    name: String(row['name']),
    key: String(row['job_key']),
    state: String(row['state']) as JobRecord['state'],
    attempts: int(row['attempts']),
    progress: typeof row['progress'] === 'string' ? JSON.parse(row['progress']) : ((row['progress'] as object | null) ?? null),
    error: row['error'] === null ? null : String(row['error']),
    createdAt: iso(row['created_at']),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  };
}
