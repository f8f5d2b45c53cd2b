/** A failure on demand. */
export interface Fault {
  /** The requests that fail, by method and path: `POST /v1/payment_intents/pi_1/capture`. */
  readonly request: RegExp;
  /**
   * BEFORE: the request has no effect and gets no answer. AFTER: the request has its effect, and its answer is lost. SILENT: the request has its
   * effect, and its answer never comes, while the connection stays open. A number: the request has no effect, and is answered with this HTTP
   * status.
   */
  readonly how: 'BEFORE' | 'AFTER' | 'SILENT' | 500 | 503 | 429;
  /** @default 1 */
  readonly times?: number;
}

/** The failures that tests ask for. */
export class Faults {
  #faults: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The failure of a request, which is then used up. Null: none. */
  take(request: string): Fault['how'] | null {
    const found = this.#faults.find(({ fault, left }) => left > 0 && fault.request.test(request));
    if (!found) return null;
    found.left -= 1;
    return found.fault.how;
  }
}
