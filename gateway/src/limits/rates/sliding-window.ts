import type { RateState, WindowRule } from './rate-limit-store.ts';

/** The points taken in the period that began at `startMs`, and in the period before. */
export interface WindowCount {
  readonly startMs: number;
  readonly taken: number;
  readonly takenBefore: number;
}

/**
 * Takes points from a sliding window. The points of the previous period count in proportion to the window's overlap
 * with that period. The algorithm needs two numbers per key instead of a list of times. The count is exact when the
 * requests of the previous period were evenly spread.
 */
export function takeFromWindow(
  known: WindowCount | undefined,
  { limit, windowMs }: WindowRule,
  points: number,
  nowMs: number,
): { readonly count: WindowCount; readonly state: RateState } {
  const count = countAt(known, windowMs, nowMs);
  const taken = takenAt(count, windowMs, nowMs);
  if (taken + points > limit) {
    const remaining = Math.max(0, Math.floor(limit - taken));
    const retryAfterMs = points > limit ? Infinity : waitFor(count, limit - points, windowMs, nowMs);
    return { count, state: { allowed: false, remaining, retryAfterMs } };
  }
  return {
    count: { ...count, taken: count.taken + points },
    state: { allowed: true, remaining: Math.floor(limit - taken - points), retryAfterMs: 0 },
  };
}

/** Gives points back, at most as many as were taken. */
export function giveBackToWindow(known: WindowCount, points: number): WindowCount {
  return { ...known, taken: Math.max(0, known.taken - points) };
}

function countAt(known: WindowCount | undefined, windowMs: number, nowMs: number): WindowCount {
  const startMs = nowMs - (nowMs % windowMs);
  if (!known || startMs - known.startMs > windowMs) return { startMs, taken: 0, takenBefore: 0 };
  return known.startMs === startMs ? known : { startMs, taken: 0, takenBefore: known.taken };
}

function takenAt({ startMs, taken, takenBefore }: WindowCount, windowMs: number, nowMs: number): number {
  return taken + takenBefore * (1 - (nowMs - startMs) / windowMs);
}

/**
 * Milliseconds until the window counts at most `room` points. In the present period only points of the previous period
 * expire. In the next period the points of the present period expire.
 */
function waitFor({ startMs, taken, takenBefore }: WindowCount, room: number, windowMs: number, nowMs: number): number {
  if (taken <= room) return startMs + windowMs * (1 - (room - taken) / takenBefore) - nowMs;
  return startMs + windowMs + windowMs * (1 - room / taken) - nowMs;
}
