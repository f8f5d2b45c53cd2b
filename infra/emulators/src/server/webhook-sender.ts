/** An event, as the emulator sends it to the webhook endpoint. */
export interface PublishedEvent {
  readonly type: string;
  readonly payload: string;
}

/** Milliseconds before each attempt. The real vendors retry for hours or days. */
const ATTEMPTS_MS = [0, 500, 2_000, 10_000, 60_000];

export interface WebhookSenderOptions {
  /** Returns the webhook URL. Null when events are recorded and not sent. */
  readonly url: () => string | null;
  readonly signed: (payload: string) => Readonly<Record<string, string>>;
}

/** Sends events to the webhook endpoint, and retries until the status is 2xx or the attempts are used up. */
export class WebhookSender {
  readonly events: PublishedEvent[] = [];
  readonly #options: WebhookSenderOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  publish(event: PublishedEvent): void {
    this.events.push(event);
    this.#schedule(event, 0);
  }

  /** Sends an event once. @returns the status of the response. Null when there is no endpoint or no response */
  async send({ payload }: PublishedEvent): Promise<number | null> {
    const url = this.#options.url();
    if (url === null) return null;
    const headers = { 'content-type': 'application/json; charset=utf-8', ...this.#options.signed(payload) };
    try {
      const answer = await fetch(url, { method: 'POST', body: payload, headers, signal: AbortSignal.timeout(30_000) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(event: PublishedEvent, attempt: number): void {
    const delay = ATTEMPTS_MS[attempt];
    if (delay === undefined || this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.send(event).then((status) => {
        if (status === null || status < 200 || status > 299) this.#schedule(event, attempt + 1);
      });
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }
}
