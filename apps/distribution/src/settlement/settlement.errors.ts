import { DomainError, conflict, refusedByRules, type Refusal } from '@concentric/service-kit';

/** A refusal of the rules as an answer. */
export const periodRefused = (refusal: Refusal) => refusedByRules('This cannot be done to the period now', refusal);

export const periodNotOpen = (period: string) =>
  conflict(
    'period_not_open',
    'This period is not open',
    `Period ${period} has been closed already or has not begun; there is no reopening.`,
  );

/** No reason outweighs these. */
const REMEDIES: Readonly<Record<string, string>> = {
  not_ended: 'wait until the period has ended',
  books_mismatch: 'have what the controls show put right, then have the books checked again',
};

export const periodNotClosable = (period: string, obstacles: readonly { code: string; message: string }[]) =>
  new DomainError({
    code: 'period_not_closable',
    status: 409,
    title: 'The period cannot be closed yet',
    detail: `${period}: ${obstacles.map((obstacle) => obstacle.message).join('; ')}`,
    errors: obstacles.map(({ code, message }) => ({
      field: 'period',
      code,
      message,
      remedy: REMEDIES[code] ?? 'wait until everything has arrived, or close with a reason',
    })),
  });
