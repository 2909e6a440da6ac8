import { DomainError, conflict } from '@concentric/service-kit';

/** A refusal of the rules as an answer. */
export const periodRefused = ({ code, message }: { code: string; message: string }) =>
  new DomainError({ code, status: code === 'same_person' ? 403 : 409, title: 'This cannot be done to the period now', detail: message });

export const periodNotOpen = (period: string) => conflict('period_not_open', 'This period is not open', `Period ${period} has been closed already or has not begun; there is no reopening.`);

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
      remedy: code === 'not_ended' ? 'wait until the period has ended' : 'wait until everything has arrived, or close with a reason',
    })),
  });
