import { conflict, notFound } from '@concentric/service-kit';

export const accountHalted = (accountIds: readonly string[]) =>
  conflict(
    'account_halted',
    'Nothing is posted to this account now',
    `The balance is not the sum of the entries of ${accountIds.join(', ')}. Have the controls looked at; a finance checker releases the account once it is right again.`,
  );

export const accountStillDiffers = (balanceMinor: number, entriesMinor: number) =>
  conflict(
    'account_still_differs',
    'The account is not right yet',
    `The balance says ${balanceMinor}, the entries come to ${entriesMinor}. Find out which is right; where it is the entries, release with balanceFromEntries.`,
  );

export const unknownHalt = (haltId: string) => notFound('halt', haltId);
