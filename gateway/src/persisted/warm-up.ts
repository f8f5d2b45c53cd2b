import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Actor } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';
import type { Engine } from '@souk/engine/execution';
import type { PersistedOperations } from './persisted-operations.ts';

/** Most callers may see everything that they ask for, or are nobody. Other roles are planned for when they come. */
const ACTORS: readonly Actor[] = [{ kind: 'system', name: 'warm-up' }, { kind: 'anonymous' }];

/** Texts of clients that a new supergraph is made ready for; one that was not used for longer can be planned when it comes. */
const RECENT = 500;

/** How long requests may wait for this work, as far as it can be cut: reading a text or making a plan takes 1 to 20 ms. */
const SLICE_MS = 5;

/** Plans operations ahead of their first request. */
export class WarmUp {
  readonly #persisted: PersistedOperations;
  readonly #logger: FastifyBaseLogger;
  readonly #stopped = new AbortController();

  constructor(persisted: PersistedOperations, logger: FastifyBaseLogger) {
    this.#persisted = persisted;
    this.#logger = logger;
  }

  /** Readies an engine for the persisted operations, which it keeps from now on. It never throws. */
  async start(engine: Engine): Promise<void> {
    const began = performance.now();
    const count = await this.#plan(engine, this.#persisted.bodies, (text) => engine.documents.keep(text));
    const ms = Math.round(performance.now() - began);
    if (count > 0) this.#logger.info({ operations: count, ms }, 'persisted operations are planned');
  }

  /** Readies the engine of a new supergraph for them, and for what clients have sent lately. */
  async carryOver(next: Engine, present: Engine): Promise<void> {
    await this.start(next);
    await this.#plan(next, present.documents.recent(RECENT).toReversed(), (text) => next.documents.read(text));
  }

  /** What is under way ends soon. */
  stop(): void {
    this.#stopped.abort();
  }

  async #plan(engine: Engine, texts: Iterable<string>, read: Engine['documents']['read']): Promise<number> {
    const slices = new Slices();
    let count = 0;
    for (const text of texts) {
      if (this.#stopped.signal.aborted) break;
      const problem = await this.#planOne(engine, text, read, slices);
      if (!problem) count += 1;
      else if (this.#persisted.has(text)) this.#tell(text, problem);
    }
    return count;
  }

  /** What keeps it from running, which is tried again when somebody asks, who gets the error; null for nothing. */
  async #planOne(
    { preparer }: Engine,
    text: string,
    read: Engine['documents']['read'],
    slices: Slices,
  ): Promise<unknown> {
    try {
      const { document, errors } = read(text);
      if (!document) return errors[0];
      for (const actor of ACTORS) {
        await slices.next();
        const [problem] = preparer.warm(document, [actor]);
        if (problem) return problem;
      }
      return null;
    } catch (error) {
      return error;
    }
  }

  #tell(text: string, error: unknown): void {
    const operation = text.slice(0, 100);
    this.#logger.warn({ operation, err: error }, 'an operation cannot be planned on this supergraph');
  }
}

/** Work that lets requests through. */
class Slices {
  #end = performance.now() + SLICE_MS;

  /** Goes on at once while there is time in the slice. */
  async next(): Promise<void> {
    if (performance.now() < this.#end) return;
    await nextTurn();
    this.#end = performance.now() + SLICE_MS;
  }
}
