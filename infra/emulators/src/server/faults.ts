/** A failure that a test injects into the emulator. */
export interface Fault {
  /** Matches the method and path of the requests that fail: `POST /v1/payment_intents/pi_1/capture`. */
  readonly request: RegExp;
  /**
   * BEFORE closes the connection without executing the request. AFTER executes the request and closes the connection
   * without a response. SILENT executes the request and keeps the connection open without a response. A number is the
   * HTTP status of the response to a request that is not executed.
   */
  readonly how: 'BEFORE' | 'AFTER' | 'SILENT' | 500 | 503 | 429;
  /** The number of matching requests that fail. @default 1 */
  readonly times?: number;
}

/** The failures that a test has injected. */
export class Faults {
  #faults: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Returns and uses up the failure for a request. Null when the request does not fail. */
  take(request: string): Fault['how'] | null {
    const found = this.#faults.find(({ fault, left }) => left > 0 && fault.request.test(request));
    if (!found) return null;
    found.left -= 1;
    return found.fault.how;
  }
}
