import { copyOf } from '@souk/engine/plan';

interface Waiting<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Equal questions that are asked at the same time share one answer. Each asker gets a copy of its own, because plan execution
 * writes into answers. A copy costs a quarter of parsing the text again, and a tenth of `structuredClone`.
 */
export class Flights<Value> {
  #flights = new Map<string, Waiting<Value>[]>();

  /** How many answers are being waited for by name. */
  get size(): number {
    return this.#flights.size;
  }

  /** The answer to the question that `key` stands for. `ask` runs when nobody is asking it at this moment. */
  join(key: string, ask: () => Promise<Value>): Promise<Value> {
    const waiting = this.#flights.get(key);
    if (waiting) return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    return this.#start(key, ask);
  }

  /**
   * From now on nobody joins those who are under way: something was written, and an answer that was begun before must not be
   * given to one who asks after it.
   */
  seal(): void {
    if (this.#flights.size > 0) this.#flights = new Map();
  }

  async #start(key: string, ask: () => Promise<Value>): Promise<Value> {
    const flights = this.#flights;
    const waiting: Waiting<Value>[] = [];
    flights.set(key, waiting);
    try {
      const value = await ask();
      flights.delete(key);
      // Copied before the first asker goes on, who may write into the original.
      for (const { resolve } of waiting) resolve(copyOf(value));
      return value;
    } catch (error) {
      flights.delete(key);
      for (const { reject } of waiting) reject(error);
      throw error;
    }
  }
}
