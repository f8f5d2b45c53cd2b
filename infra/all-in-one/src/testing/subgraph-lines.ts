import type { SubgraphRequest, SubgraphTransport } from '@souk/gateway';
import type { ExecutionResult } from 'graphql';

/** What comes over a line that is cut, instead of the subgraph's answer: a throw when it cannot be reached. */
export type Outage = (request: SubgraphRequest) => ExecutionResult;

/** The lines from the gateway to the subgraphs. They can be cut, and tell which subscriptions are open. */
export class SubgraphLines {
  readonly #outages = new Map<string, Outage>();
  #openings = 0;

  /** How many subscriptions a subgraph was asked for and has answered, with events or a refusal. */
  get openings(): number {
    return this.#openings;
  }

  cut(subgraph: string, outage: Outage): void {
    this.#outages.set(subgraph, outage);
  }

  repair(): void {
    this.#outages.clear();
  }

  /** Puts itself between the gateway and a subgraph. */
  readonly through = (subgraph: string, transport: SubgraphTransport): SubgraphTransport => ({
    fetch: async (request) => this.#outages.get(subgraph)?.(request) ?? transport.fetch(request),
    subscribe: async (request) => {
      const opened = this.#outages.get(subgraph)?.(request) ?? (await transport.subscribe(request));
      this.#openings += 1;
      return opened;
    },
  });
}
