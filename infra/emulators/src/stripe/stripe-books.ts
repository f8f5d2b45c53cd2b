import { Journal } from '../server/journal.ts';
import type { ConfirmationToken, Dispute, Intent, Refund, StripeObject } from './stripe-objects.ts';

/** The stored response to a request with an idempotency key. */
export interface StoredAnswer {
  /** The method, path and body of the first request with the key. A different request with the same key is refused. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

type Entry = { readonly object: StripeObject } | { readonly key: string; readonly answer: StoredAnswer };

/** The emulator's stored data: Stripe objects, and responses by idempotency key. */
export class StripeBooks {
  readonly #objects = new Map<string, StripeObject>();
  readonly #answers = new Map<string, StoredAnswer>();
  readonly #journal: Journal<Entry>;

  /** @param file see `Journal` */
  constructor(file: string | null) {
    this.#journal = new Journal<Entry>(file, (entry) => {
      if ('object' in entry) this.#objects.set(entry.object.id, entry.object);
      else this.#answers.set(entry.key, entry.answer);
    });
  }

  intent(id: string): Intent | null {
    const found = this.#objects.get(id);
    return found?.object === 'payment_intent' ? found : null;
  }

  intents(): Intent[] {
    return [...this.#objects.values()].filter((each) => each.object === 'payment_intent');
  }

  confirmationToken(id: string): ConfirmationToken | null {
    const found = this.#objects.get(id);
    return found?.object === 'confirmation_token' ? found : null;
  }

  refund(id: string): Refund | null {
    const found = this.#objects.get(id);
    return found?.object === 'refund' ? found : null;
  }

  refundsOf(intentId: string): Refund[] {
    return [...this.#objects.values()].filter(
      (each): each is Refund => each.object === 'refund' && each.payment_intent === intentId,
    );
  }

  dispute(id: string): Dispute | null {
    const found = this.#objects.get(id);
    return found?.object === 'dispute' ? found : null;
  }

  save(object: StripeObject): void {
    this.#journal.record({ object });
  }

  answerOf(key: string): StoredAnswer | null {
    return this.#answers.get(key) ?? null;
  }

  store(key: string, answer: StoredAnswer): void {
    this.#journal.record({ key, answer });
  }
}
