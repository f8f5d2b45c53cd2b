import type { Clock } from '@souk/kit/domain';
import { createHash } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { PreparedOperation } from '@souk/engine/execution';
import { isPublicCaller } from '../identity/caller-key.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import type { AdmittedOperation } from '../operations/operation-pipeline.ts';
import { cachePolicy, type CachePolicy } from '@souk/engine/caching';
import type { ResponseStore, StoredResponse } from './response-store.ts';

/** A new answer for the caller, with its cacheable part. */
export interface MadeResponse {
  readonly body: string;
  /**
   * The part of the answer that other callers may receive. Null when the answer must not be cached, because it has errors or was refused.
   */
  readonly kept: { readonly body: string; readonly admitted: AdmittedOperation } | null;
}

/** An answer with its HTTP caching headers. */
export interface CacheableResponse {
  readonly body: string;
  readonly etag: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ResponseCacheDependencies {
  readonly store: ResponseStore;
  readonly clock: Clock;
  readonly logger: FastifyBaseLogger;
}

/** A tag of every response. The tag of a tenant contains a colon, so it never equals this tag. */
const EVERYTHING = 'everything';

/** Request headers on which an answer depends, besides its URL. The tenant may come from `X-Tenant-ID`. */
const VARY = 'Accept, Accept-Language, Authorization, Origin, X-Channel, X-Tenant-ID';

/**
 * Caches answers to public queries of callers without a token. An answer is dropped when it expires, or when an object
 * in the answer changes.
 */
export class ResponseCache {
  readonly #dependencies: ResponseCacheDependencies;
  readonly #policies = new WeakMap<PreparedOperation, CachePolicy>();

  constructor(dependencies: ResponseCacheDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Returns the cached answer, or computes a new one.
   * @param asked the part of the cache key that does not depend on the caller. Null when the answer must not be cached.
   */
  async answer(
    call: OperationCall,
    asked: readonly unknown[] | null,
    make: () => Promise<MadeResponse>,
  ): Promise<CacheableResponse> {
    const { context } = call;
    if (!isPublicCaller(context)) return uncached((await make()).body, 'private, no-store');
    if (asked === null) return uncached((await make()).body, 'no-store');
    const key = JSON.stringify([context.tenantId, context.locale, context.channelId ?? null, asked]);
    const kept = await this.#read(key);
    return kept ? this.#served(kept, context.tenantId) : this.#make(key, call, make);
  }

  /** Drops a tenant's answers that contain one of these types. */
  async invalidate(tenantId: string, types: readonly string[]): Promise<void> {
    await this.#dependencies.store.invalidate(types.map((type) => tagOf(tenantId, type)));
  }

  async invalidateAll(): Promise<void> {
    await this.#dependencies.store.invalidate([EVERYTHING]);
  }

  async #make(
    key: string,
    { context: { tenantId }, readOnly }: OperationCall,
    make: () => Promise<MadeResponse>,
  ): Promise<CacheableResponse> {
    const epoch = await this.#epoch();
    const { body, kept } = await make();
    const policy = kept && this.#policyOf(kept.admitted);
    if (!policy || policy.maxAgeSeconds === 0 || epoch === null) return uncached(body, 'no-store');
    const response: StoredResponse = {
      body: kept.body,
      etag: `W/"${createHash('sha256').update(kept.body).digest('base64url').slice(0, 27)}"`,
      tags: [EVERYTHING, ...policy.types.map((type) => tagOf(tenantId, type))],
      epoch,
      storedAtMs: this.#dependencies.clock.now().getTime(),
      maxAgeSeconds: policy.maxAgeSeconds,
    };
    await this.#tolerant(this.#dependencies.store.set(key, response), undefined);
    // The cached answer to a GET goes to many callers, so it omits the details for one caller: the cost and the remaining points.
    return { ...this.#served(response, tenantId), body: readOnly ? kept.body : body };
  }

  #policyOf({ ready, engine }: AdmittedOperation): CachePolicy {
    const known = this.#policies.get(ready.prepared);
    if (known) return known;
    const policy = cachePolicy(ready.prepared.context, engine.supergraph.cacheHints);
    this.#policies.set(ready.prepared, policy);
    return policy;
  }

  /**
   * Adds the caching headers. Browsers must revalidate every time, because prices must be current. Most revalidations
   * get a 304, which is cheap. A CDN caches the answer (RFC 9213, or `Surrogate-Control`), and is purged by surrogate
   * keys.
   */
  #served({ body, etag, tags, storedAtMs, maxAgeSeconds }: StoredResponse, tenantId: string): CacheableResponse {
    const ageSeconds = Math.max(0, Math.floor((this.#dependencies.clock.now().getTime() - storedAtMs) / 1000));
    return {
      body,
      etag,
      headers: {
        'cache-control': 'public, max-age=0, must-revalidate',
        'cdn-cache-control': `public, max-age=${maxAgeSeconds}`,
        'surrogate-control': `max-age=${maxAgeSeconds}`,
        'surrogate-key': [tenantId, ...tags.filter((tag) => tag !== EVERYTHING)].join(' '),
        age: String(ageSeconds),
        etag,
        vary: VARY,
      },
    };
  }

  async #read(key: string): Promise<StoredResponse | null> {
    return this.#tolerant(this.#dependencies.store.get(key), null);
  }

  async #epoch(): Promise<number | null> {
    return this.#tolerant<number | null>(this.#dependencies.store.epoch(), null);
  }

  /** Returns `otherwise` when the store fails. A store that is down makes answers slower, but not wrong. */
  async #tolerant<Value>(asked: Promise<Value>, otherwise: Value): Promise<Value> {
    try {
      return await asked;
    } catch (error) {
      this.#dependencies.logger.warn(
        { err: error },
        'the response cache could not be used, the answer is made anew: check the store',
      );
      return otherwise;
    }
  }
}

function uncached(body: string, cacheControl: string): CacheableResponse {
  return { body, etag: null, headers: { 'cache-control': cacheControl, vary: VARY } };
}

function tagOf(tenantId: string, type: string): string {
  return `${tenantId}:${type}`;
}
