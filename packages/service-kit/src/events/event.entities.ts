import { Entity, Index } from 'typeorm';
import { BigIntColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, LongTextColumn, TextColumn } from '../database/entity-columns';

/** A message of up to 500 events of one type; kept as the archive. */
@Entity('outbox')
@Index('outbox_by_relayed', ['relayedAt', 'position'])
@Index('outbox_by_type', ['type'])
export class OutboxEntity {
  @IdColumn({ primary: true }) messageId: string;
  @BigIntColumn() position: number;
  @KeyColumn({ length: 120 }) type: string;
  @IntColumn() events: number;
  @LongTextColumn() body: string;
  @InstantColumn() createdAt: number;
  @InstantColumn({ nullable: true }) relayedAt: number | null;
  @IntColumn() attempts: number;
  @InstantColumn() nextAttemptAt: number;
  @TextColumn({ length: 500, nullable: true }) lastError: string | null;
}

/** What a consumer has done with a message. */
@Entity('inbox')
export class InboxEntity {
  @KeyColumn({ length: 120, primary: true }) consumer: string;
  @IdColumn({ primary: true }) messageId: string;
  @KeyColumn({ length: 10 }) state: string;
  @LongTextColumn({ nullable: true }) remaining: string | null;
  @IntColumn() attempts: number;
  @InstantColumn() handledAt: number;
}

/** An event that a consumer gave up on. */
@Entity('dead_letter')
@Index('dead_letter_by_state', ['state', 'deadLetterId'])
export class DeadLetterEntity {
  @IdColumn({ primary: true }) deadLetterId: string;
  @KeyColumn({ length: 120 }) consumer: string;
  @IdColumn() messageId: string;
  @KeyColumn({ length: 64 }) eventId: string;
  @KeyColumn({ length: 120 }) type: string;
  @LongTextColumn() body: string;
  @KeyColumn({ length: 100 }) errorName: string;
  @LongTextColumn() errorMessage: string;
  @LongTextColumn() errorStack: string;
  @IntColumn() attempts: number;
  @KeyColumn({ length: 10 }) state: string;
  @InstantColumn() deadAt: number;
  @InstantColumn({ nullable: true }) replayedAt: number | null;
}
