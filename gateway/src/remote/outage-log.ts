import type { FastifyBaseLogger } from 'fastify';
import type { SubgraphUnavailableError } from '@souk/engine/subgraphs';

const SILENT = 'a subgraph does not answer; told once until it does';
const REFUSED =
  "a subgraph's process refuses signed contexts, others are asked first: compare its clock and CONTEXT_PUBLIC_KEYS_FILE with the gateway's; told once until it answers";

/** Tells of a subgraph that does not answer: why, once; and when it answers again. The failures between are counted. */
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
    this.#logger.error({ service: this.#service, failures, openMs }, 'a subgraph is left alone for a while');
  }

  answered(): void {
    if (this.#failures === 0) return;
    this.#logger.warn({ service: this.#service, failures: this.#failures }, 'a subgraph answers again');
    this.#failures = 0;
  }
}
