import { v7 } from 'uuid';
import type { Tx } from '../database/database';
import { idIn } from '../database/ids';
import { insertRows } from '../database/rows';
import type { Message } from './event-transport';

/** An event that a consumer could not take, with the error as it was thrown. */
export interface LostEvent {
  readonly eventId: string;
  readonly body: string;
  readonly error: Error;
}

/** Keeps events for an operator, with the original error. */
export async function insertDeadLetters(
  tx: Tx,
  consumer: string,
  message: Message,
  lost: readonly LostEvent[],
  attempts: number,
): Promise<void> {
  const now = Date.now();
  await insertRows(
    tx,
    'dead_letter',
    [
      'dead_letter_id',
      'consumer',
      'message_id',
      'event_id',
      'type',
      'body',
      'error_name',
      'error_message',
      'error_stack',
      'attempts',
      'state',
      'dead_at',
    ],
    lost.map(({ eventId, body, error }) => [
      idIn(v7()),
      consumer,
      idIn(message.id),
      eventId,
      message.type,
      body,
      error.name.slice(0, 100),
      error.message.slice(0, 4_000),
      (error.stack ?? '').slice(0, 8_000),
      attempts,
      'dead',
      now,
    ]),
  );
}
