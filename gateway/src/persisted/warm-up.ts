import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Actor } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';
import type { Engine } from '@souk/engine/execution';
import type { PersistedOperations } from './persisted-operations.ts';

/**
 * The callers whose plans are made in advance: full access and anonymous, which cover most requests. Plans for other roles are made on
 * demand.
 */
const ACTORS: readonly Actor[] = [{ kind: 'system', name: 'warm-up' }, { kind: 'anonymous' }];

/**
 * The number of recent operation texts of clients that are planned for a new supergraph. Older texts are planned on
 * demand.
 */
const RECENT = 500;

/**
 * The maximum time for which the warm-up delays other requests, in milliseconds. One step (parsing a text or making a
 * plan) takes 1 to 20 ms and is not interrupted.
 */
const SLICE_MS = 5;

/** Plans operations before their first request. */
export class WarmUp {
  readonly #persisted: PersistedOperations;
  readonly #logger: FastifyBaseLogger;
  readonly #stopped = new AbortController();

  constructor(persisted: PersistedOperations, logger: FastifyBaseLogger) {
    this.#persisted = persisted;
    this.#logger = logger;
  }

  /** Plans the persisted operations with an engine, and pins their documents. Never throws. */
  async start(engine: Engine): Promise<void> {
    const began = performance.now();
    const count = await this.#plan(engine, this.#persisted.bodies, (text) => engine.documents.keep(text));
    const ms = Math.round(performance.now() - began);
    if (count > 0) this.#logger.info({ operations: count, ms }, 'persisted operations are planned');
  }

  /** Plans the persisted operations and the recent texts of clients for the engine of a new supergraph. */
  async carryOver(next: Engine, present: Engine): Promise<void> {
    await this.start(next);
    await this.#plan(next, present.documents.recent(RECENT).toReversed(), (text) => next.documents.read(text));
  }

  /** Stops after the present step. */
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
      else if (this.#persisted.has(text)) this.#report(text, problem);
    }
    return count;
  }

  /**
   * Plans one operation. Returns the error that prevents its plan, or null. The error is not reported here, because the first request for
   * the operation gets it again.
   */
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

  #report(text: string, error: unknown): void {
    const operation = text.slice(0, 100);
    this.#logger.warn(
      { operation, err: error },
      'an operation cannot be planned on this supergraph, its clients get the error: compare the manifest with the schema',
    );
  }
}

/** Interrupts long work every few milliseconds, so requests can run in between. */
class Slices {
  #end = performance.now() + SLICE_MS;

  /** Resolves immediately while the slice lasts, otherwise in a later turn of the event loop. */
  async next(): Promise<void> {
    if (performance.now() < this.#end) return;
    await nextTurn();
    this.#end = performance.now() + SLICE_MS;
  }
}
