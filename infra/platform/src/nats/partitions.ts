import type { StreamConfig, Subscription } from 'nats';
import type { Nats } from './nats.ts';
import { PROCESSES } from './subjects.ts';

export const DEFAULT_PARTITIONS = 16;

/** The description of an event stream. It stores the number of partitions, because NATS before 2.10 has no metadata field for streams. */
export const descriptionOf = (partitions: number) => `Events, in ${partitions} partitions`;

/** The end of the description of a stream whose consumers a migration has not created yet. */
const UNFINISHED = ', consumers being made';

/** The description of a stream that accepts events before the migration has created all of its consumers. */
export const unfinished = (description: string) => `${description}${UNFINISHED}`;
export const isUnfinished = ({ description = '' }: Pick<StreamConfig, 'description'>) =>
  description.endsWith(UNFINISHED);

/** Reads the number of partitions from a stream's description. Returns the default number for a description without a number. */
export function partitionsIn({ description = '' }: Pick<StreamConfig, 'description'>): number {
  return Number(/ in (\d+) partitions/.exec(description)?.[1] ?? DEFAULT_PARTITIONS);
}

/**
 * The number of partitions of each stream. It is read from the server and not from a setting, because two processes with different numbers
 * would handle the events of an aggregate at the same time. A process that uses partitions also answers the migration's roll call, which
 * finds running processes.
 */
export class Partitions {
  readonly #nats: Nats;
  readonly #known = new Map<string, { readonly count: Promise<number>; readonly connection: number }>();
  #presence: Subscription | undefined;

  constructor(nats: Nats) {
    this.#nats = nats;
  }

  /** The number of partitions of a stream. @throws NatsError when the stream does not exist yet */
  of(stream: string): Promise<number> {
    this.#presence ??= this.#answerAsPresent();
    const connection = this.#nats.connectionCount;
    const known = this.#known.get(stream);
    // A cached number applies to one connection only. It may have changed while this process was disconnected, because
    // the migration cannot reach disconnected processes.
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
