import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Actor } from '@souk/kit/context';
import type { FastifyBaseLogger } from 'fastify';
import type { Engine } from '../execution/engine.ts';
import type { PersistedOperations } from './persisted-operations.ts';

/** Most callers may see everything that they ask for, or are nobody. Other roles are planned for when they come. */
const ACTORS: readonly Actor[] = [{ kind: 'system', name: 'warm-up' }, { kind: 'anonymous' }];

/** Texts of clients that a new supergraph is made ready for; one that was not used for longer can be planned when it comes. */
const RECENT = 500;

/** How long a slice of work may keep requests waiting, about. */
const SLICE_MS = 10;

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
    let count = 0;
    let sliceEnd = performance.now() + SLICE_MS;
    for (const text of texts) {
      if (this.#stopped.signal.aborted) break;
      if (this.#planOne(engine, text, read)) count += 1;
      if (performance.now() < sliceEnd) continue;
      await nextTurn();
      sliceEnd = performance.now() + SLICE_MS;
    }
    return count;
  }

  /** Whether it was planned. What goes wrong is tried again when somebody asks, who gets the error. */
  #planOne({ preparer }: Engine, text: string, read: Engine['documents']['read']): boolean {
    try {
      const { document, errors } = read(text);
      const [problem] = document ? preparer.warm(document, ACTORS) : errors;
      if (problem && this.#persisted.has(text)) this.#tell(text, problem);
      return !problem;
    } catch (error) {
      this.#tell(text, error);
      return false;
    }
  }

  #tell(text: string, error: unknown): void {
    const operation = text.slice(0, 100);
    this.#logger.warn({ operation, err: error }, 'an operation cannot be planned on this supergraph');
  }
}
