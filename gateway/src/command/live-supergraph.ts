import type { FastifyBaseLogger } from 'fastify';
import type { SupergraphSource } from './supergraph-source.ts';
import { unservable } from './supergraph-source.ts';
import { watchFiles, type FileWatch } from './watch-files.ts';

export interface LiveSupergraphDependencies {
  readonly path: string;
  readonly source: SupergraphSource;
  readonly replace: (sdl: string) => Promise<void>;
  readonly say: (line: string) => void;
  readonly logger: FastifyBaseLogger;
}

/** Serves the supergraph of a file. Reloads the file on request, and on every change in watch mode. */
export class LiveSupergraph {
  readonly #dependencies: LiveSupergraphDependencies;
  #served: string;
  #watch: FileWatch | null = null;
  #reloading: Promise<void> = Promise.resolve();

  /** @param served the SDL that the gateway serves now */
  constructor(dependencies: LiveSupergraphDependencies, served: string) {
    this.#dependencies = dependencies;
    this.#served = served;
  }

  /**
   * Reads the file again. When the new supergraph cannot be served, the reason is logged, and the present supergraph
   * stays in use.
   */
  reload(): Promise<void> {
    this.#reloading = this.#reloading.then(() => this.#reload());
    return this.#reloading;
  }

  async watch(): Promise<void> {
    this.#watch = watchFiles(await this.#dependencies.source.files(), () => void this.reload());
  }

  async close(): Promise<void> {
    this.#watch?.close();
    await this.#reloading;
  }

  async #reload(): Promise<void> {
    const { path, source, replace, say, logger } = this.#dependencies;
    try {
      this.#watch?.follow(await source.files());
      const sdl = await source.read();
      if (sdl === this.#served) return;
      await replace(sdl);
      this.#served = sdl;
      say(`Serves the new ${path}`);
    } catch (error) {
      logger.error(
        { reason: unservable(path, error).message },
        'the supergraph was not replaced, the present one stays: correct the file',
      );
    }
  }
}
