import { logIds, systemContext, type RequestContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { RecurringJob } from '@souk/kit/runtime';
import { mediaCleanUpJob } from '../manifest.ts';
import type { MediaJobDependencies } from './media-variants.job.ts';
import { mediaChanged } from './media.events.ts';
import { lockUnused, markDeleted, removeMedia } from './media-processing.repository.ts';
import { releaseBytes } from './media.repository.ts';
import { objectPrefix } from './media.ts';

const BATCH = 100;
const EVERY_MS = 10 * 60_000;

/** Deletes pictures that no product has shown for a day. This includes deleted pictures and abandoned uploads. */
export class MediaCleanUpJob implements RecurringJob {
  readonly name = mediaCleanUpJob;
  readonly everyMs = EVERY_MS;
  readonly #dependencies: MediaJobDependencies;

  constructor(dependencies: MediaJobDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const { unitOfWork, objects } = this.#dependencies;
    if (!objects) return;
    for (;;) {
      const unused = await unitOfWork.due('unused_media', BATCH);
      const removed = await Promise.all(unused.map((row) => this.#remove(row)));
      if (unused.length < BATCH || !removed.includes(true)) return;
    }
  }

  /**
   * Deletes one picture. An error is logged, because it must not stop the clean-up of other pictures.
   * @returns whether the picture was deleted
   */
  async #remove({ tenantId, id }: DueRow): Promise<boolean> {
    const { unitOfWork, logger } = this.#dependencies;
    const ctx = systemContext(tenantId, this.name, id);
    try {
      // The picture is first marked as deleted, so products can no longer show it. Then its objects are deleted, and
      // last its row. After a crash, the next run continues.
      const isFree = await unitOfWork.run(ctx, async (tx) => {
        const unused = await lockUnused(tx, id);
        if (!unused) return false;
        if (unused.isDeleted) return true;
        await markDeleted(tx, id);
        await releaseBytes(tx, unused.sizeBytes);
        tx.outbox.append(mediaChanged(id, 'DELETED'));
        return true;
      });
      if (!isFree) return false;
      await this.#removeObjects(ctx, id);
      await unitOfWork.run(ctx, (tx) => removeMedia(tx, id));
      return true;
    } catch (error) {
      logger.warn({ ...logIds(ctx), error, mediaId: id }, 'unused picture not removed, the next run tries again');
      return false;
    }
  }

  async #removeObjects({ tenantId }: RequestContext, id: string): Promise<void> {
    const { objects } = this.#dependencies;
    if (!objects) return;
    for await (const { key } of objects.store.list(objectPrefix(tenantId, id))) await objects.store.delete(key);
  }
}
