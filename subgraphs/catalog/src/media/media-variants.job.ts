import { logIds, systemContext, type RequestContext } from '@souk/kit/context';
import type { Objects } from '@souk/kit/objects';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import { buffer } from 'node:stream/consumers';
import type { CatalogUnitOfWork } from '../database.ts';
import { mediaVariantsJob } from '../manifest.ts';
import { blurHashOf, decodeImage, renderVariant, type Pixels } from './image.provider.ts';
import { mediaChanged } from './media.events.ts';
import { claimProcessing, recordFailure, recordVariants, type ClaimedMedia } from './media-processing.repository.ts';
import { defaultVariant, objectPrefix, planVariants, sourceKey, type MediaVariant } from './media.ts';

export interface MediaJobDependencies {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly logger: Logger;
  readonly objects: Objects | null;
}

/**
 * The maximum number of pictures in one run. The pictures are processed one after another, because sharp uses all cores for each picture.
 */
const BATCH = 10;
/** After this number of attempts a picture becomes FAILED, because its processing probably crashes the process. */
const MOST_ATTEMPTS = 3;

/** Creates the resized variants of uploaded pictures of all tenants. */
export class MediaVariantsJob implements RecurringJob {
  readonly name = mediaVariantsJob;
  readonly everyMs = 500;
  readonly #dependencies: MediaJobDependencies;

  constructor(dependencies: MediaJobDependencies) {
    this.#dependencies = dependencies;
  }

  async run(): Promise<void> {
    const { unitOfWork, objects } = this.#dependencies;
    if (!objects) return;
    for (const due of await unitOfWork.due('due_media', BATCH)) await this.#process(due, objects);
  }

  /** Processes one picture. An error is logged, because it must not stop the processing of other pictures. */
  async #process({ tenantId, id }: DueRow, objects: Objects): Promise<void> {
    const { unitOfWork, logger } = this.#dependencies;
    const ctx = systemContext(tenantId, this.name, id);
    try {
      // The attempt is committed before the work, so a picture that crashes the process is not tried forever.
      const claimed = await unitOfWork.run(ctx, (tx) => claimProcessing(tx, id));
      if (!claimed) return;
      if (claimed.attempts > MOST_ATTEMPTS) return await this.#fail(ctx, id, 'The processing ended the server process');
      const pixels = await decoded(objects, ctx, claimed);
      if (typeof pixels === 'string') return await this.#fail(ctx, id, pixels);
      await this.#store(ctx, claimed, pixels, objects);
    } catch (error) {
      logger.warn(
        { ...logIds(ctx), error, mediaId: id },
        'variants of a picture not made, the next attempt is in 5 minutes',
      );
    }
  }

  async #store(ctx: RequestContext, claimed: ClaimedMedia, pixels: Pixels, objects: Objects): Promise<void> {
    const variants = await stored(objects, ctx, claimed, pixels);
    const shown = defaultVariant(variants);
    const url = shown && (await objects.links.path(shown.objectKey));
    const blurHash = await blurHashOf(pixels);
    await this.#dependencies.unitOfWork.run(ctx, async (tx) => {
      if (await recordVariants(tx, claimed, { variants, url, blurHash }))
        tx.outbox.append(mediaChanged(claimed.id, 'READY'));
    });
  }

  async #fail(ctx: RequestContext, id: string, problem: string): Promise<void> {
    await this.#dependencies.unitOfWork.run(ctx, async (tx) => {
      await recordFailure(tx, id, problem);
      tx.outbox.append(mediaChanged(id, 'FAILED'));
    });
  }
}

/** Decodes the pixels of a picture. A string is the reason why the picture cannot be decoded. */
async function decoded(
  { store }: Objects,
  { tenantId }: RequestContext,
  { id }: ClaimedMedia,
): Promise<Pixels | string> {
  const source = await store.get(sourceKey(tenantId, id));
  if (!source) return 'The upload is missing in the store: upload the picture again';
  const bytes = await buffer(source.body);
  try {
    return await decodeImage(bytes);
  } catch {
    return 'The picture is damaged: save it again and upload it';
  }
}

/** Creates and stores the resized variants one after another, because all of them together would need much memory. */
async function stored(
  { store }: Objects,
  { tenantId }: RequestContext,
  { id, focalPoint }: ClaimedMedia,
  pixels: Pixels,
): Promise<MediaVariant[]> {
  const variants: MediaVariant[] = [];
  for (const plan of planVariants(pixels)) {
    const { bytes, name, pixelWidth, pixelHeight } = await renderVariant(pixels, focalPoint, plan);
    const objectKey = objectPrefix(tenantId, id) + name;
    await store.put(objectKey, bytes);
    variants.push({ ...plan, pixelWidth, pixelHeight, sizeBytes: bytes.length, objectKey });
  }
  return variants;
}
