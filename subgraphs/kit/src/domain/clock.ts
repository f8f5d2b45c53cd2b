/** Where the time comes from. Decisions take a `Date`; services read it here, tests set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
