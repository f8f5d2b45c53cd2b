import DataLoader from 'dataloader';
import type { RequestContext } from '../context/index.ts';

/**
 * Collects the keys of one request, and loads the values in one batch. The cache lives as long as the request context. The server creates a
 * new context for every request and for every event of a subscription.
 */
export class RequestLoader<Key, Value> {
  readonly #loaders = new WeakMap<RequestContext, DataLoader<Key, Value | null, string>>();
  readonly #batch: (ctx: RequestContext, keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>;
  readonly #nameOf: (key: Key) => string;

  /**
   * @param batch loads several keys in one call, and returns the values that exist, by the name of their key
   * @param nameOf returns the name of a key. Required when a key is not a string.
   */
  constructor(
    batch: (ctx: RequestContext, keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>,
    nameOf: (key: Key) => string = String,
  ) {
    this.#batch = batch;
    this.#nameOf = nameOf;
  }

  /** The value for a key, or null when the batch did not find it. */
  load(ctx: RequestContext, key: Key): Promise<Value | null> {
    let loader = this.#loaders.get(ctx);
    if (!loader) {
      loader = new DataLoader(
        async (keys) => {
          const found = await this.#batch(ctx, keys);
          return keys.map((each) => found.get(this.#nameOf(each)) ?? null);
        },
        { cacheKeyFn: this.#nameOf, maxBatchSize: 500 },
      );
      this.#loaders.set(ctx, loader);
    }
    return loader.load(key);
  }

  /** Removes a value from the cache after a mutation of the request has changed it. */
  clear(ctx: RequestContext, key: Key): void {
    this.#loaders.get(ctx)?.clear(key);
  }
}
