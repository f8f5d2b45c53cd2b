import type { SubgraphTransport } from './subgraph-transport.ts';

/** A subgraph's name and URL in a supergraph. */
export interface SubgraphAddress {
  readonly name: string;
  /** The URL in the supergraph. A transport may call another URL. */
  readonly url: string;
}

/** The transports of subgraphs: a map by subgraph name, or a function that returns a transport for every subgraph. */
export type TransportChoice =
  | ReadonlyMap<string, SubgraphTransport>
  | ((subgraph: SubgraphAddress) => SubgraphTransport);

/** The transports of a gateway. A transport stays open until the gateway closes, so its connections survive a new supergraph. */
export class SubgraphTransports {
  readonly #choice: TransportChoice;
  readonly #opened = new Map<string, SubgraphTransport>();

  constructor(choice: TransportChoice) {
    this.#choice = choice;
  }

  /**
   * The transport of each subgraph.
   * @throws Error with the names of subgraphs without a transport
   */
  of(subgraphs: readonly SubgraphAddress[]): ReadonlyMap<string, SubgraphTransport> {
    const missing = subgraphs.filter((each) => !this.#find(each)).map(({ name }) => name);
    if (missing.length > 0) {
      throw new Error(
        `The supergraph names subgraphs without a transport: ${missing.join(', ')}. Add one for each in \`subgraphs\`.`,
      );
    }
    return new Map(
      subgraphs.flatMap((each) => {
        const transport = this.#find(each);
        return transport ? [[each.name, transport] as const] : [];
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(async (each) => each.close?.()));
  }

  #find(subgraph: SubgraphAddress): SubgraphTransport | undefined {
    if (typeof this.#choice !== 'function') return this.#choice.get(subgraph.name);
    const key = JSON.stringify([subgraph.name, subgraph.url]);
    const transport = this.#opened.get(key) ?? this.#choice(subgraph);
    this.#opened.set(key, transport);
    return transport;
  }
}
