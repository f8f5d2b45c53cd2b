/**
 * One attempt of a user to load a list or to check out, or of the cluster to deliver an event. Times are in
 * milliseconds relative to the loss, negative before the loss.
 */
export interface Attempt {
  readonly begunMs: number;
  readonly endedMs: number;
  readonly succeeded: boolean;
}

/** The recovery of the service after a loss, from the users' point of view. */
export interface Recovery {
  /**
   * The end of the first successful attempt that began after the loss, in milliseconds. Null when no such attempt
   * succeeded.
   */
  readonly firstMs: number | null;
  /**
   * The time of full recovery, in milliseconds. From then on, no attempt failed, and every second had at least half of
   * the successes per second before the loss. Null when the observation ended earlier.
   */
  readonly steadyMs: number | null;
  readonly failed: number;
  readonly succeeded: number;
  /** The longest duration of an attempt that ended after the loss, in milliseconds. */
  readonly longestMs: number;
}

const WINDOW_MS = 1000;
const ENOUGH = 0.5;

/**
 * Evaluates the attempts after a loss.
 * @param observedMs length of the observation after the loss, in milliseconds.
 * @param perSecond successes per second before the loss.
 */
export function recoveryOf(attempts: readonly Attempt[], observedMs: number, perSecond: number): Recovery {
  const after = attempts.filter(({ endedMs }) => endedMs >= 0);
  const failures = after.filter(({ succeeded }) => !succeeded);
  const successes = after.filter(({ succeeded }) => succeeded);
  const firstMs = Math.min(...successes.filter(({ begunMs }) => begunMs >= 0).map(({ endedMs }) => endedMs));
  const slowUntilMs = slowWindows(successes, observedMs, perSecond);
  const steadyMs = Math.max(firstMs, ...failures.map(({ endedMs }) => endedMs), ...slowUntilMs);
  return {
    firstMs: Number.isFinite(firstMs) ? firstMs : null,
    // After a failure in the last second, it is unknown whether failures continue. The result is then null.
    steadyMs: steadyMs > observedMs - WINDOW_MS ? null : steadyMs,
    failed: failures.length,
    succeeded: successes.length,
    longestMs: Math.max(0, ...after.map(({ begunMs, endedMs }) => endedMs - begunMs)),
  };
}

/** The end times of the seconds that had too few successes. */
function slowWindows(successes: readonly Attempt[], observedMs: number, perSecond: number): readonly number[] {
  const windows = Array.from({ length: Math.floor(observedMs / WINDOW_MS) }, (_, index) => index * WINDOW_MS);
  const within =
    (fromMs: number) =>
    ({ endedMs }: Attempt) =>
      endedMs >= fromMs && endedMs < fromMs + WINDOW_MS;
  return windows
    .filter((fromMs) => successes.filter(within(fromMs)).length < perSecond * ENOUGH)
    .map((fromMs) => fromMs + WINDOW_MS);
}
