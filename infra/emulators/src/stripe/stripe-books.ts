import { Journal } from '../server/journal.ts';
import type { StripeObject } from './stripe-objects.ts';

/** The stored response to a request with an idempotency key. */
export interface StoredAnswer {
  /** The method, path and body of the first request with the key. A different request with the same key is refused. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

type Entry = { readonly object: StripeObject } | { readonly key: string; readonly answer: StoredAnswer };

type Kinds = StripeObject['object'];
type ObjectOf<Kind extends Kinds> = Extract<StripeObject, { readonly object: Kind }>;

function isOf<Kind extends Kinds>(object: StripeObject, kind: Kind): object is ObjectOf<Kind> {
  return object.object === kind;
}

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

  /** The object with the id. Null when no object of this kind has the id. */
  find<Kind extends Kinds>(kind: Kind, id: string): ObjectOf<Kind> | null {
    const found = this.#objects.get(id);
    return found && isOf(found, kind) ? found : null;
  }

  /** All objects of a kind, the oldest first. */
  all<Kind extends Kinds>(kind: Kind): ObjectOf<Kind>[] {
    return [...this.#objects.values()].filter((each) => isOf(each, kind));
  }

  /** The successful refunds of an intent. */
  refundsOf(intentId: string): ObjectOf<'refund'>[] {
    return this.all('refund').filter((each) => each.payment_intent === intentId && each.status === 'succeeded');
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
