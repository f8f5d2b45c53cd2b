import type { EventEmitter } from 'node:events';

/** Counts the open connections of each client. */
export class ConnectionShares {
  readonly #open = new Map<string, number>();
  readonly #limit: number;

  /** @param limit the maximum number of connections of one client */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Counts a connection until its holder emits `close`.
   * @returns false, without counting, when the client has reached its limit
   */
  take(client: string, holder: EventEmitter): boolean {
    const open = this.#open.get(client) ?? 0;
    if (open >= this.#limit) return false;
    this.#open.set(client, open + 1);
    holder.once('close', () => this.#release(client));
    return true;
  }

  #release(client: string): void {
    const left = (this.#open.get(client) ?? 0) - 1;
    if (left > 0) this.#open.set(client, left);
    else this.#open.delete(client); // an attacker with many addresses must not fill the memory
  }
}
