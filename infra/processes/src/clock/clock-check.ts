import type { Clock } from '@souk/kit/domain';
import type { ProcessDependency } from '@souk/platform/http';
import type { Logger } from '@souk/kit/runtime';

/**
 * Maximum allowed difference between a clock and its peers' clocks, in ms. A signed context is valid for 60 s and is renewed after 30 s. A
 * difference of 20 s leaves 10 s for queues.
 */
const MOST_SKEW_MS = 20_000;

/** How long the result of a comparison is reused, in ms. Health probes are more frequent. */
const COMPARED_FOR_MS = 5000;

export interface ClockCheckOptions {
  readonly clock: Clock;
  /** Name of the peers whose time `peerTime` returns, for the log: `Postgres`. */
  readonly peer: string;
  /** Returns the peers' time. Null when no peer answers, which leaves the state of this clock unchanged. */
  readonly peerTime: () => Promise<Date | null>;
  readonly logger: Logger;
  /** Called when the clock becomes wrong, and when it is right again. @default no call, so only readiness changes */
  readonly changed?: (isRight: boolean) => void;
  /** The monotonic time in ms. @default performance.now */
  readonly nowMs?: () => number;
}

/** Compares this process's clock with its peers' clocks. With a wrong clock, a process would refuse every signature. */
export class ClockCheck {
  readonly #options: ClockCheckOptions;
  #timer: NodeJS.Timeout | undefined;
  #comparedAtMs = -Infinity;
  #isRight = true;

  constructor(options: ClockCheckOptions) {
    this.#options = options;
  }

  /** The dependency for `/health/ready`. Not ready while this clock differs from the peers' clocks by more than 20 s. */
  get dependency(): ProcessDependency {
    return { name: 'clock', ready: () => this.#compared() };
  }

  /** Starts comparing every 5 s, even without probes. */
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

  /**
   * The smallest possible difference between this clock and a peer's clock, in ms. Negative when this clock is behind. Null when no peer
   * answers.
   */
  async #skewMs(): Promise<number | null> {
    const { clock, peerTime } = this.#options;
    const askedMs = clock.now().getTime();
    const peer = await peerTime().catch(() => null);
    if (peer === null) return null;
    // The peer read its clock at an unknown moment between the request and its reply. A process that freezes in between can extend this
    // time to a minute.
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
    if (isRight) logger.warn({ skewSeconds }, 'process clock is right again, the process is ready');
    else logger.error({ skewSeconds, peer }, WRONG);
  }
}

function nearestToZero(least: number, most: number): number {
  return least > 0 ? least : Math.min(most, 0);
}

const WRONG =
  'process clock differs from its peers by more than 20 s, the process is not ready: synchronize the clock (NTP)';
