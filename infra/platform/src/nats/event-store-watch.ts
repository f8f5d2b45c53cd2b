import { ErrorCode, NatsError } from 'nats';

/**
 * JetStream's errors for a disk or a limit that is full: https://github.com/nats-io/nats-server/blob/v2.10.29/server/errors.json
 * (JSInsufficientResourcesErr, JSStorageResourcesExceededErr, JSStreamStoreFailedF).
 */
const FULL: ReadonlySet<number> = new Set([10_023, 10_047, 10_077]);

/** Whether NATS stores what it is given. Servers before 2.10 do not answer any more once their disk was full. */
export class EventStoreWatch {
  readonly #changed: (isStoring: boolean, error: unknown) => void;
  #isStoring = true;

  /** @param changed called when the first event is refused for want of space, and when one is stored again. */
  constructor(changed: (isStoring: boolean, error: unknown) => void) {
    this.#changed = changed;
  }

  get isStoring(): boolean {
    return this.#isStoring;
  }

  stored(): void {
    if (this.#isStoring) return;
    this.#isStoring = true;
    this.#changed(true, null);
  }

  /** Other errors, like those of a lost connection, say nothing of the store. */
  failed(error: unknown): void {
    if (!this.#isStoring || !(error instanceof NatsError)) return;
    const isFull = FULL.has(error.api_error?.err_code ?? 0);
    if (!isFull && error.code !== String(ErrorCode.Timeout)) return;
    this.#isStoring = false;
    this.#changed(false, error);
  }
}
