import type { RateState, WindowRule } from './rate-limit-store.ts';

/** What was taken in a period that began at `startMs`, and in the one before it. */
export interface WindowCount {
  readonly startMs: number;
  readonly taken: number;
  readonly takenBefore: number;
}

/**
 * Takes from a window that slides: of the period before, the part counts that the window still reaches into. Two numbers for a
 * key instead of a list of times, and exact where what came before came evenly.
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

/** Puts back what was taken; never more than was taken. */
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

/** Until no more than `room` counts: first what was taken before slides out, then what was taken now. */
function waitFor({ startMs, taken, takenBefore }: WindowCount, room: number, windowMs: number, nowMs: number): number {
  if (taken <= room) return startMs + windowMs * (1 - (room - taken) / takenBefore) - nowMs;
  return startMs + windowMs + windowMs * (1 - room / taken) - nowMs;
}
