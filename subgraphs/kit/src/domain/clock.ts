/** The source of the current time. Decisions take a `Date`, services read the clock, tests set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
