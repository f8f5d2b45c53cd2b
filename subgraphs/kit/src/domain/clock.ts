/** The source of the current time. Services read the clock, and pass a `Date` to decisions. Tests set the clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
