import { loadEngine, type Engine, type EngineOptions } from './engine.ts';

/**
 * Called before a new engine replaces the present engine, to fill the caches of the new engine. After an error the
 * present engine stays in use.
 */
export type BeforeReplacing = (next: Engine, present: Engine) => void | Promise<void>;

/** The engine of the present supergraph. Running operations finish on the engine with which they began. */
export class LiveEngine {
  readonly #options: EngineOptions;
  #current: Engine;
  readonly #beforeReplacing: BeforeReplacing[] = [];
  #replacing: Promise<unknown> = Promise.resolve();

  /** @throws Error when the supergraph cannot be read, or contains a subgraph without a transport */
  constructor(sdl: string, options: EngineOptions) {
    this.#options = options;
    this.#current = loadEngine(sdl, 1, options);
  }

  get current(): Engine {
    return this.#current;
  }

  beforeReplacing(work: BeforeReplacing): void {
    this.#beforeReplacing.push(work);
  }

  /**
   * Replaces the supergraph for all later operations.
   * @throws Error when the supergraph cannot be used. The present supergraph then stays in use.
   */
  replace(sdl: string): Promise<void> {
    const replaced = this.#replacing.then(() => this.#replace(sdl));
    this.#replacing = replaced.catch(() => undefined); // a failure does not block the next replacement
    return replaced;
  }

  async #replace(sdl: string): Promise<void> {
    if (sdl === this.#current.supergraph.sdl) return;
    const next = loadEngine(sdl, this.#current.generation + 1, this.#options);
    await next.start();
    for (const work of this.#beforeReplacing) await work(next, this.#current);
    this.#current = next;
  }
}
