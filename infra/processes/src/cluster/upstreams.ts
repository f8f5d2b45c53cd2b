/** A server that receives forwarded requests. */
export interface Upstream {
  readonly hostname: string;
  readonly port: string;
  readonly readyUrl: string;
}

const ASK_EVERY_MS = 250;
const PATIENCE_MS = 1000;

/** A group of equal servers. The class polls the readiness of each server. */
export class Upstreams {
  readonly #all: readonly Upstream[];
  readonly #ready = new Set<Upstream>();
  readonly #timers = new Map<Upstream, NodeJS.Timeout>();
  #stopped = false;
  #turn = 0;

  /** @param urls the URLs of the servers, without a trailing slash. The servers count as ready until a check fails. */
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
   * The ready servers, starting with the next server at each call (round robin). When no server is ready, the result contains all servers,
   * because a draining or busy server may still serve.
   */
  inTurn(): readonly Upstream[] {
    this.#turn += 1;
    const ready = this.#all.filter((each) => this.#ready.has(each));
    const candidates = ready.length > 0 ? ready : this.#all;
    const first = this.#turn % Math.max(candidates.length, 1);
    return [...candidates.slice(first), ...candidates.slice(0, first)];
  }

  /** Treats a server that did not answer as not ready, until a check succeeds. */
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
