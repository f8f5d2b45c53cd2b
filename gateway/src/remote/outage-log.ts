import type { FastifyBaseLogger } from 'fastify';
import type { SubgraphUnavailableError } from '@souk/engine/subgraphs';

const SILENT = 'a subgraph does not answer: check that it runs and can be reached; logged once until it answers';
const REFUSED =
  "a subgraph's process refuses signed contexts, requests go to its other processes first: compare its clock and CONTEXT_PUBLIC_KEYS_FILE with the gateway's; logged once until it answers";

/** Logs each outage of a subgraph twice: at its start with the cause, and at its end with the number of failures. */
export class OutageLog {
  readonly #service: string;
  readonly #logger: FastifyBaseLogger;
  #failures = 0;

  constructor(service: string, logger: FastifyBaseLogger) {
    this.#service = service;
    this.#logger = logger;
  }

  failed(error: SubgraphUnavailableError): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    this.#logger.error({ err: error, service: this.#service }, error.reason === 'REFUSED' ? REFUSED : SILENT);
  }

  circuitOpened(failures: number, openMs: number): void {
    this.#logger.error(
      { service: this.#service, failures, openMs },
      'the circuit breaker of a subgraph opened, requests to it fail at once for openMs',
    );
  }

  answered(): void {
    if (this.#failures === 0) return;
    this.#logger.warn({ service: this.#service, failures: this.#failures }, 'a subgraph answers again');
    this.#failures = 0;
  }
}
