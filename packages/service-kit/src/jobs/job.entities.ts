import { Entity, Index, Unique } from 'typeorm';
import { BigIntColumn, DateColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, LongTextColumn } from '../database/entity-columns';

/** One piece of work: who has it, how far it is, how it ended. */
@Entity('job')
@Unique('job_name_key', ['name', 'jobKey'])
@Index('job_by_state', ['state', 'runAt'])
export class JobEntity {
  @IdColumn({ primary: true }) jobId: string;
  @KeyColumn({ length: 100 }) name: string;
  @KeyColumn({ length: 200 }) jobKey: string;
  @LongTextColumn() payload: string;
  @KeyColumn({ length: 10 }) state: string;
  @IntColumn() attempts: number;
  /** Grows with every claim: only the holder of the latest may finish the job. */
  @BigIntColumn() fence: number;
  @InstantColumn({ nullable: true }) leaseUntil: number | null;
  @InstantColumn() runAt: number;
  @LongTextColumn({ nullable: true }) progress: string | null;
  @LongTextColumn({ nullable: true }) error: string | null;
  @InstantColumn() createdAt: number;
  @InstantColumn({ nullable: true }) finishedAt: number | null;
}

/** How far a daily job is with a brand: every date up to and including `lastDate` is done. */
@Entity('job_run')
export class JobRunEntity {
  @KeyColumn({ length: 100, primary: true }) job: string;
  @IdColumn({ primary: true }) brandId: string;
  @DateColumn() lastDate: string;
  @IntColumn() attempts: number;
  @BigIntColumn() fence: number;
  @InstantColumn() leaseUntil: number;
  @InstantColumn() nextAttemptAt: number;
  @LongTextColumn({ nullable: true }) error: string | null;
  @InstantColumn() updatedAt: number;
}
