import type { SubgraphRequest, SubgraphTransport } from '@souk/gateway';
import type { ExecutionResult } from 'graphql';

/** Returns the response that replaces the subgraph's response, or throws the error of an unreachable subgraph. */
export type Outage = (request: SubgraphRequest) => ExecutionResult;

/** The transports from the gateway to the subgraphs. A test can cut a transport and count the opened subscriptions. */
export class SubgraphLines {
  readonly #outages = new Map<string, Outage>();
  #openings = 0;

  /** The number of subscriptions that the subgraphs have opened or refused. */
  get openings(): number {
    return this.#openings;
  }

  cut(subgraph: string, outage: Outage): void {
    this.#outages.set(subgraph, outage);
  }

  repair(): void {
    this.#outages.clear();
  }

  readonly through = (subgraph: string, transport: SubgraphTransport): SubgraphTransport => ({
    fetch: async (request) => this.#outages.get(subgraph)?.(request) ?? transport.fetch(request),
    subscribe: async (request) => {
      const opened = this.#outages.get(subgraph)?.(request) ?? (await transport.subscribe(request));
      this.#openings += 1;
      return opened;
    },
  });
}
