import { ErrorCode, NatsError } from 'nats';

/**
 * JetStream's error codes for a full disk and for a reached storage limit:
 * https://github.com/nats-io/nats-server/blob/v2.10.29/server/errors.json (JSInsufficientResourcesErr, JSStorageResourcesExceededErr,
 * JSStreamStoreFailedF).
 */
const FULL: ReadonlySet<number> = new Set([10_023, 10_047, 10_077]);

/** Tracks whether NATS stores published events. NATS before 2.10 does not recover by itself after its disk was full. */
export class EventStoreWatch {
  readonly #changed: (isStoring: boolean, error: unknown) => void;
  #isStoring = true;

  /** @param changed called when an event is refused for lack of space, and when events are stored again */
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

  /**
   * Records a failed publication. Only a full disk or a reached storage limit changes the state. Other errors, such as a lost connection,
   * do not.
   */
  failed(error: unknown): void {
    if (!this.#isStoring || !(error instanceof NatsError)) return;
    const isFull = FULL.has(error.api_error?.err_code ?? 0);
    if (!isFull && error.code !== String(ErrorCode.Timeout)) return;
    this.#isStoring = false;
    this.#changed(false, error);
  }
}
