import type { Clock } from '@souk/kit/domain';
import type { FastifyBaseLogger } from 'fastify';
import type { ConnectionMaxima } from './open-files.ts';

/** The minimum interval between log lines, so that a flood of connections does not flood the log. */
const ONE_LINE_MS = 60_000;

/** Logs refused connections: at most one line a minute, with the remedy and the number of refusals since the previous line. */
export class RefusedConnections {
  readonly #maxima: ConnectionMaxima;
  readonly #logger: FastifyBaseLogger;
  readonly #clock: Clock;
  #refused = 0;
  #loggedAtMs = Number.NEGATIVE_INFINITY;

  constructor(maxima: ConnectionMaxima, logger: FastifyBaseLogger, clock: Clock) {
    this.#maxima = maxima;
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Counts a connection that was refused because the server has reached its maximum of connections. */
  byServer(): void {
    const { maxConnections } = this.#maxima;
    this.#refuse(
      { maxConnections },
      `connections are refused: all ${maxConnections} are open. Raise the open files of the process (ulimit -n), or run more gateways`,
    );
  }

  /** Counts a connection that was refused because its client address has reached its maximum of connections. */
  byShare(address: string): void {
    const { maxConnectionsPerAddress } = this.#maxima;
    this.#refuse(
      { address, maxConnectionsPerAddress },
      `connections are refused: an address has its ${maxConnectionsPerAddress} open. Where it is a proxy of yours, name it in SOUK_TRUSTED_PROXIES; where many clients share it, raise SOUK_ADDRESS_CONNECTIONS`,
    );
  }

  #refuse(facts: Readonly<Record<string, unknown>>, message: string): void {
    this.#refused++;
    const nowMs = this.#clock.now().getTime();
    if (nowMs - this.#loggedAtMs < ONE_LINE_MS) return;
    this.#logger.warn({ ...facts, refused: this.#refused }, message);
    this.#loggedAtMs = nowMs;
    this.#refused = 0;
  }
}
