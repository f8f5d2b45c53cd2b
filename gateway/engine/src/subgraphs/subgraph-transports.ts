import type { SubgraphTransport } from './subgraph-transport.ts';

/** A subgraph as a supergraph names it. */
export interface SubgraphAddress {
  readonly name: string;
  /** As composition was told; not every transport needs it. */
  readonly url: string;
}

/** How to reach subgraphs: those given by name, or whatever a supergraph names. */
export type TransportChoice =
  | ReadonlyMap<string, SubgraphTransport>
  | ((subgraph: SubgraphAddress) => SubgraphTransport);

/** The transports of a gateway. One is kept as long as the gateway lives, so that connections survive a new supergraph. */
export class SubgraphTransports {
  readonly #choice: TransportChoice;
  readonly #opened = new Map<string, SubgraphTransport>();

  constructor(choice: TransportChoice) {
    this.#choice = choice;
  }

  /** One for each subgraph. @throws Error that names the subgraphs for which there is none. */
  of(subgraphs: readonly SubgraphAddress[]): ReadonlyMap<string, SubgraphTransport> {
    const missing = subgraphs.filter((each) => !this.#find(each)).map(({ name }) => name);
    if (missing.length > 0) {
      throw new Error(`The supergraph names subgraphs that were not given: ${missing.join(', ')}`);
    }
    return new Map(
      subgraphs.flatMap((each) => {
        const transport = this.#find(each);
        return transport ? [[each.name, transport] as const] : [];
      }),
    );
  }

  /** Closes those that hold connections. */
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
