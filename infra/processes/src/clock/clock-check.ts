import type { Clock } from '@souk/kit/domain';
import type { ProcessDependency } from '@souk/platform/http';
import type { Logger } from '@souk/kit/runtime';

/**
 * How far a clock may be from its peers' clocks, in ms. Signed contexts count for 60 s and are renewed after 30 s: at 20 s of
 * difference 10 s are left for what waits in queues.
 */
const MOST_SKEW_MS = 20_000;

/** How long a comparison counts, in ms: probes come more often than clocks change. */
const COMPARED_FOR_MS = 5000;

export interface ClockCheckOptions {
  /** The clock of this process. */
  readonly clock: Clock;
  /** Whose time `peerTime` gives, for the log: `Postgres`. */
  readonly peer: string;
  /** The time of the peers; null when none of them answers, which says nothing of this clock. */
  readonly peerTime: () => Promise<Date | null>;
  readonly logger: Logger;
  /** Called when the clock has become wrong, and when it is right again. @default nothing happens but what readiness says */
  readonly changed?: (isRight: boolean) => void;
  /** Time that cannot be set, in ms. @default performance.now */
  readonly nowMs?: () => number;
}

/** Compares the clock of this process with those of its peers: a process with a wrong clock refuses all that is signed. */
export class ClockCheck {
  readonly #options: ClockCheckOptions;
  #timer: NodeJS.Timeout | undefined;
  #comparedAtMs = -Infinity;
  #isRight = true;

  constructor(options: ClockCheckOptions) {
    this.#options = options;
  }

  /** For `/health/ready`: false while the clock is more than 20 s away from the peers'. */
  get dependency(): ProcessDependency {
    return { name: 'clock', ready: () => this.#compared() };
  }

  /** Compares every 5 s from now on, also without probes. */
  start(): void {
    const compare = () => void this.#compared();
    this.#timer ??= setInterval(compare, COMPARED_FOR_MS).unref();
    compare();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #compared(): Promise<boolean> {
    const { nowMs = () => performance.now() } = this.#options;
    if (nowMs() - this.#comparedAtMs < COMPARED_FOR_MS) return this.#isRight;
    const skewMs = await this.#skewMs();
    if (skewMs === null) return this.#isRight;
    this.#comparedAtMs = nowMs();
    this.#note(skewMs);
    return this.#isRight;
  }

  /** How far this clock is ahead of the peers', at least; null when no peer answers. */
  async #skewMs(): Promise<number | null> {
    const { clock, peerTime } = this.#options;
    const askedMs = clock.now().getTime();
    const peer = await peerTime().catch(() => null);
    if (peer === null) return null;
    // The peer answered at some moment between question and arrival: after a freeze of either, a minute may lie between the two.
    const bounds = [askedMs, clock.now().getTime()].map((ms) => ms - peer.getTime());
    return nearestToZero(Math.min(...bounds), Math.max(...bounds));
  }

  #note(skewMs: number): void {
    const { peer, logger, changed } = this.#options;
    const isRight = Math.abs(skewMs) <= MOST_SKEW_MS;
    if (isRight === this.#isRight) return;
    this.#isRight = isRight;
    changed?.(isRight);
    const skewSeconds = Math.round(skewMs / 1000);
    if (isRight) logger.warn({ skewSeconds }, 'the clock of this process is right again, the process is ready');
    else logger.error({ skewSeconds, peer }, WRONG);
  }
}

/** Of the numbers from `least` to `most`. */
function nearestToZero(least: number, most: number): number {
  return least > 0 ? least : Math.min(most, 0);
}

const WRONG =
  'the clock of this process differs from its peers by more than 20 s, the process is not ready: synchronize the clock (NTP)';
