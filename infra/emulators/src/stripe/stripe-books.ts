import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Intent, Refund, StripeObject } from './stripe-objects.ts';

/** The stored answer of a request with an idempotency key. */
export interface StoredAnswer {
  /** Method, path and body. Another request with the key is refused. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

type Entry = { readonly object: StripeObject } | { readonly key: string; readonly answer: StoredAnswer };

/** The emulator's books: objects and stored answers, in memory, and in a file that survives a restart. */
export class StripeBooks {
  readonly #objects = new Map<string, StripeObject>();
  readonly #answers = new Map<string, StoredAnswer>();
  readonly #file: string | null;

  /** @param file one JSON entry a line; null: memory only */
  constructor(file: string | null) {
    this.#file = file;
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // A crash may have left half a line at the end.
      const entry = parsed(line);
      if (entry) this.#keep(entry);
    }
  }

  intent(id: string): Intent | null {
    const found = this.#objects.get(id);
    return found?.object === 'payment_intent' ? found : null;
  }

  intents(): Intent[] {
    return [...this.#objects.values()].filter((each) => each.object === 'payment_intent');
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

  save(object: StripeObject): void {
    this.#record({ object });
  }

  answerOf(key: string): StoredAnswer | null {
    return this.#answers.get(key) ?? null;
  }

  store(key: string, answer: StoredAnswer): void {
    this.#record({ key, answer });
  }

  #record(entry: Entry): void {
    this.#keep(entry);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  #keep(entry: Entry): void {
    if ('object' in entry) this.#objects.set(entry.object.id, entry.object);
    else this.#answers.set(entry.key, entry.answer);
  }
}

function parsed(line: string): Entry | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as Entry; // written by this class
  } catch {
    return null;
  }
}
