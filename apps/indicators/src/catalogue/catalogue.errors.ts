import { forbidden, invalid, type DomainError } from '@concentric/service-kit';

export const notADate = (field: string, date: string): DomainError =>
  invalid([
    {
      field,
      code: 'not_a_date',
      message: `${date} is not a date of the calendar`,
      remedy: 'Send a date like 2026-01-31.',
    },
  ]);

export const emptyInterval = (): DomainError =>
  invalid([
    {
      field: 'to',
      code: 'empty_interval',
      message: 'the interval ends before it begins',
      remedy: 'to is exclusive: send a date after from.',
    },
  ]);

export const tooManyIntervals = (most: number): DomainError =>
  invalid([
    {
      field: 'granularity',
      code: 'too_many_intervals',
      message: `more than ${most} intervals`,
      remedy: 'Ask for months, or for fewer days.',
    },
  ]);

export const outsideOwnNetwork = (): DomainError =>
  forbidden(
    'outside_own_network',
    'A partner sees figures of its own network only',
    'Leave partnerId out, or name a partner of your own network.',
  );
