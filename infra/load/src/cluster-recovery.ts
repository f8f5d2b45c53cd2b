/** One try of a user. Times in milliseconds from the loss; what began before it is negative. */
export interface Attempt {
  readonly begunMs: number;
  readonly endedMs: number;
  readonly succeeded: boolean;
}

/** How users fared after a loss. */
export interface Recovery {
  /** Until the first success of a try that began after the loss; null when there was none. */
  readonly firstMs: number | null;
  /** From then on no try failed, and no second had less than half the successes of one before the loss; null when that never came. */
  readonly steadyMs: number | null;
  readonly failed: number;
  readonly succeeded: number;
  /** The longest that a try took that was under way at the loss or later. */
  readonly longestMs: number;
}

const WINDOW_MS = 1000;
const ENOUGH = 0.5;

/** @param forMs how long was looked. @param perSecond successes a second before the loss. */
export function recoveryOf(attempts: readonly Attempt[], forMs: number, perSecond: number): Recovery {
  const after = attempts.filter(({ endedMs }) => endedMs >= 0);
  const failures = after.filter(({ succeeded }) => !succeeded);
  const successes = after.filter(({ succeeded }) => succeeded);
  const firstMs = Math.min(...successes.filter(({ begunMs }) => begunMs >= 0).map(({ endedMs }) => endedMs));
  const slowUntilMs = slowWindows(successes, forMs, perSecond);
  const steadyMs = Math.max(firstMs, ...failures.map(({ endedMs }) => endedMs), ...slowUntilMs);
  return {
    firstMs: Number.isFinite(firstMs) ? firstMs : null,
    // What went wrong in the last second may go on.
    steadyMs: steadyMs > forMs - WINDOW_MS ? null : steadyMs,
    failed: failures.length,
    succeeded: successes.length,
    longestMs: Math.max(0, ...after.map(({ begunMs, endedMs }) => endedMs - begunMs)),
  };
}

/** The ends of the whole seconds with too few successes. */
function slowWindows(successes: readonly Attempt[], forMs: number, perSecond: number): readonly number[] {
  const windows = Array.from({ length: Math.floor(forMs / WINDOW_MS) }, (_, index) => index * WINDOW_MS);
  const within =
    (fromMs: number) =>
    ({ endedMs }: Attempt) =>
      endedMs >= fromMs && endedMs < fromMs + WINDOW_MS;
  return windows
    .filter((fromMs) => successes.filter(within(fromMs)).length < perSecond * ENOUGH)
    .map((fromMs) => fromMs + WINDOW_MS);
}
