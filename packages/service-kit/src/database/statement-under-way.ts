import { setImmediate as immediate } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';

/** Of each transaction on MySQL, the statement that was sent and not waited for; one that failed stays. */
const underWay = new WeakMap<QueryRunner, Promise<unknown>>();

/**
 * Sends a statement and comes back without its result, so that what comes next is prepared while the server works on it.
 * It is waited for before anything else is sent: a deadlock ends the transaction, and what followed would be kept on its own.
 * @throws what the statement before it failed with
 */
export async function sendStatement(runner: QueryRunner, text: string): Promise<void> {
  await statementUnderWay(runner);
  const running = runner.query(text);
  // Whoever waits for it hears of its failure.
  running.catch(() => undefined);
  underWay.set(runner, running);
  // The driver has it on the wire before the caller goes on computing.
  await immediate();
}

/** @throws what a statement that was sent has failed with, every time: whoever does not mind must not commit the rest */
async function statementUnderWay(runner: QueryRunner): Promise<void> {
  await underWay.get(runner);
}

/** Lets every statement of a transaction, its commit too, wait for the one that is under way and fail with it. */
export function waitsForStatements(runner: QueryRunner): QueryRunner {
  const query = runner.query.bind(runner);
  const waiting = async (text: string, parameters?: unknown[], structured?: boolean): Promise<unknown> => {
    await (text === 'ROLLBACK' ? statementUnderWay(runner).catch(() => undefined) : statementUnderWay(runner));
    return structured ? query(text, parameters, true) : query(text, parameters);
  };
  runner.query = waiting as QueryRunner['query'];
  return runner;
}
