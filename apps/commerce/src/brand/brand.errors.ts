import { conflict, DomainError, invalid } from '@concentric/service-kit';

export const brandFixed = (field: 'zone' | 'currency', current: string) =>
  conflict(
    'brand_fixed',
    `The ${field} of a brand is fixed once it has an order`,
    `it stays ${current}; open another brand for another ${field}`,
  );

export const channelInUse = (codes: readonly string[]) =>
  conflict('channel_in_use', 'A channel that has orders or refunds cannot be taken from its brand', `keep ${codes.join(', ')} in the list`);

export const channelRepeated = (code: string, at: number) =>
  invalid([
    {
      field: `channels[${at}].code`,
      code: 'channel_repeated',
      message: `channel ${code} is listed twice`,
      remedy: 'List every channel once.',
    },
  ]);

export const unknownCurrency = (currency: string) =>
  invalid([
    {
      field: 'currency',
      code: 'currency_unknown',
      message: `${currency} is not a currency that money can be kept in`,
      remedy: 'Send an ISO 4217 code such as CNY.',
    },
  ]);

export const brandNotYours = () =>
  new DomainError({
    code: 'brand_not_permitted',
    status: 403,
    title: 'Your account does not cover this brand',
    detail: 'ask an administrator for the brand',
  });
