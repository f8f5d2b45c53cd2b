import type { StreamConfig, Subscription } from 'nats';
import type { Nats } from './nats.ts';
import { PROCESSES } from './subjects.ts';

export const DEFAULT_PARTITIONS = 16;

/** What the migration writes into the description of a stream: servers before 2.10 keep no other note of ours. */
export const descriptionOf = (partitions: number) => `Events, in ${partitions} partitions`;

/** The mark of a stream some of whose consumers do not exist yet: a migration made the stream and was not done with its consumers. */
const UNFINISHED = ', consumers being made';

/** The description of a stream that takes events before the migration has made all of its consumers. */
export const unfinished = (description: string) => `${description}${UNFINISHED}`;
export const isUnfinished = ({ description = '' }: Pick<StreamConfig, 'description'>) =>
  description.endsWith(UNFINISHED);

/** How many partitions a stream has. One that was made before this was written down has as many as there were then. */
export function partitionsIn({ description = '' }: Pick<StreamConfig, 'description'>): number {
  return Number(/ in (\d+) partitions/.exec(description)?.[1] ?? DEFAULT_PARTITIONS);
}

/**
 * How many partitions the streams have. Processes ask the server instead of being told: two that were told different numbers would
 * handle the events of an aggregate at the same time. Who has asked answers the migration that it is there.
 */
export class Partitions {
  readonly #nats: Nats;
  readonly #known = new Map<string, { readonly count: Promise<number>; readonly connection: number }>();
  #presence: Subscription | undefined;

  constructor(nats: Nats) {
    this.#nats = nats;
  }

  /** @throws NatsError when the stream is not there yet. */
  of(stream: string): Promise<number> {
    this.#presence ??= this.#answerAsPresent();
    const connection = this.#nats.connectionCount;
    const known = this.#known.get(stream);
    // While this process was away nobody saw it: the number may be another since.
    if (known?.connection === connection) return known.count;
    const count = this.#ask(stream);
    this.#known.set(stream, { count, connection });
    count.catch(() => this.#known.delete(stream));
    return count;
  }

  stop(): void {
    this.#presence?.unsubscribe();
  }

  async #ask(stream: string): Promise<number> {
    const manager = await this.#nats.connection.jetstreamManager();
    const { config } = await manager.streams.info(stream);
    return partitionsIn(config);
  }

  #answerAsPresent(): Subscription {
    const { connection, name } = this.#nats;
    return connection.subscribe(PROCESSES, { callback: (error, message) => void (error ?? message.respond(name)) });
  }
}
