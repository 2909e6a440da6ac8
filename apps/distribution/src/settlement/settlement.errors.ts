import { DomainError, conflict, invalid, notFound } from '@concentric/service-kit';

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

export const unknownStatement = (id: string) => notFound('statement', id);

export const reasonMissing = () => invalid([{ field: 'reason', code: 'reason_missing', message: 'sending a statement back needs a reason', remedy: 'say what is wrong, so that the submitter can mend it' }]);
