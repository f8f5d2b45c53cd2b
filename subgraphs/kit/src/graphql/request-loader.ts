import DataLoader from 'dataloader';
import type { RequestContext } from '../context/index.ts';

/**
 * Collects the keys that one request asks for and loads them in one batch. Its cache lives as long as the request's
 * context: the gateway makes a new one for every request and for every event of a subscription.
 */
export class RequestLoader<Key, Value> {
  readonly #loaders = new WeakMap<RequestContext, DataLoader<Key, Value | null, string>>();
  readonly #batch: (ctx: RequestContext, keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>;
  readonly #nameOf: (key: Key) => string;

  /** @param batch gives what it found, by the name of the key. @param nameOf needed where a key is not a string. */
  constructor(
    batch: (ctx: RequestContext, keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>,
    nameOf: (key: Key) => string = String,
  ) {
    this.#batch = batch;
    this.#nameOf = nameOf;
  }

  /** The value, or null where the batch has none. */
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
}
