import { requireScope, type RequestContext } from '@souk/kit/context';
import type { Clock, Failure, PageRequest, Result } from '@souk/kit/domain';
import type { Objects } from '@souk/kit/objects';
import type { KeysetPage } from '@souk/kit/persistence';
import { MediaRead, MediaWrite } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { findMedia, findMediaPage, usedBytes, type StoredMedia } from './media.repository.ts';
import type { MediaVariant } from './media.ts';

export interface MediaReaderDependencies {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly clock: Clock;
  readonly objects: Objects | null;
  /** The URL by which clients reach the server. Null while it is unknown. */
  readonly publicUrl: () => string | null;
}

/** Reads uploaded pictures and their links. */
export class MediaReader {
  readonly #dependencies: MediaReaderDependencies;

  constructor(dependencies: MediaReaderDependencies) {
    this.#dependencies = dependencies;
  }

  /** @throws AccessDeniedError without `media:read` */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredMedia>, Failure>> {
    requireScope(ctx, MediaRead);
    return this.#dependencies.unitOfWork.read(ctx, (tx) => findMediaPage(tx, page));
  }

  /** Finds a picture. Null when it is unknown. @throws AccessDeniedError without `media:read` */
  async find(ctx: RequestContext, id: string): Promise<StoredMedia | null> {
    requireScope(ctx, MediaRead);
    return (await this.byIds(ctx, [id])).get(id) ?? null;
  }

  /** Reads the changed picture for the payload of a mutation. @throws AccessDeniedError without `media:write` */
  async changed(ctx: RequestContext, id: string): Promise<StoredMedia | null> {
    requireScope(ctx, MediaWrite);
    return (await this.byIds(ctx, [id])).get(id) ?? null;
  }

  /** The total size of the shop's pictures in bytes. @throws AccessDeniedError without `media:read` */
  usedBytes(ctx: RequestContext): Promise<number> {
    requireScope(ctx, MediaRead);
    return this.#dependencies.unitOfWork.read(ctx, usedBytes);
  }

  /** Finds pictures by id without a check of scopes. Call it only for pictures of products that the caller may see. */
  async byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, StoredMedia>> {
    const found = await this.#dependencies.unitOfWork.read(ctx, (tx) => findMedia(tx, ids));
    return new Map(found.map((each) => [each.id, each]));
  }

  /**
   * The URL of a resized variant. Null when the server has no object store.
   * @param expiresInS the lifetime of the URL in seconds. Null for a URL that does not expire
   */
  async urlOf({ objectKey }: MediaVariant, expiresInS: number | null): Promise<string | null> {
    const { objects, clock, publicUrl } = this.#dependencies;
    if (!objects) return null;
    const expiresAt = expiresInS === null ? null : new Date(clock.now().getTime() + expiresInS * 1000);
    return (publicUrl() ?? '') + (await objects.links.path(objectKey, expiresAt ? { expiresAt } : {}));
  }
}
