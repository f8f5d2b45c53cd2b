/** A server that requests can be handed to. */
export interface Upstream {
  readonly hostname: string;
  readonly port: string;
  readonly readyUrl: string;
}

const ASK_EVERY_MS = 250;
const PATIENCE_MS = 1000;

/** Several servers of the same, of which some may be away. Asks each of them all the time whether it is ready. */
export class Upstreams {
  readonly #all: readonly Upstream[];
  readonly #ready = new Set<Upstream>();
  readonly #timers = new Map<Upstream, NodeJS.Timeout>();
  #stopped = false;
  #turn = 0;

  /** @param urls without a slash at the end. They count as ready until they say otherwise. */
  constructor(urls: readonly string[]) {
    this.#all = urls.map((url) => {
      const { hostname, port } = new URL(url);
      return { hostname, port, readyUrl: `${url}/health/ready` };
    });
    for (const each of this.#all) {
      this.#ready.add(each);
      void this.#ask(each);
    }
  }

  /**
   * Those that are ready, another one first each time. All of them when none is: one that is too busy to say in time that it is ready,
   * or that still serves although it is about to stop, is better than nobody.
   */
  inTurn(): readonly Upstream[] {
    this.#turn += 1;
    const ready = this.#all.filter((each) => this.#ready.has(each));
    const candidates = ready.length > 0 ? ready : this.#all;
    const first = this.#turn % Math.max(candidates.length, 1);
    return [...candidates.slice(first), ...candidates.slice(0, first)];
  }

  /** It did not answer: nothing goes there until it says that it is ready. */
  eject(upstream: Upstream): void {
    this.#ready.delete(upstream);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #ask(upstream: Upstream): Promise<void> {
    if (await isReady(upstream)) this.#ready.add(upstream);
    else this.#ready.delete(upstream);
    if (this.#stopped) return;
    this.#timers.set(
      upstream,
      setTimeout(() => void this.#ask(upstream), ASK_EVERY_MS),
    );
  }
}

async function isReady({ readyUrl }: Upstream): Promise<boolean> {
  try {
    const { ok } = await fetch(readyUrl, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok;
  } catch {
    return false;
  }
}
