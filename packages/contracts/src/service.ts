/** Every service and its rank: a service consumes events only from lower ranks. */
export const serviceRank = {
  commerce: 1,
  'content-planning': 1,
  membership: 2,
  distribution: 3,
  organization: 4,
  indicators: 5,
} as const;
export type ServiceName = keyof typeof serviceRank;
