import { logIds, requireScope, type RequestContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import { changeable, err, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import type { Objects, SignedUpload } from '@souk/kit/objects';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import { PlanOfTenant } from '@souk/accounts/contract';
import { buffer } from 'node:stream/consumers';
import { MediaWrite } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { inspectImage, type InspectedImage } from './image.provider.ts';
import { MediaEntity } from './media.entity.ts';
import {
  fileTooLarge,
  mediaInUse,
  mediaUnknown,
  quotaExceeded,
  scannerDown,
  storeMissing,
  unsafe,
  uploadMissing,
} from './media.errors.ts';
import { mediaChanged } from './media.events.ts';
import { queueProcessing } from './media-processing.repository.ts';
import {
  findMedia,
  isInUse,
  lockMedia,
  releaseBytes,
  reserveBytes,
  usedBytes,
  type StoredMedia,
} from './media.repository.ts';
import {
  MAX_UPLOAD_BYTES,
  quotaOf,
  SMALLEST_QUOTA,
  sourceKey,
  uploadKey,
  type AltTranslation,
  type FocalPoint,
} from './media.ts';
import type { Scanner } from './scan.ts';

/** The lifetime of the signed URL for an upload, in seconds. */
const UPLOAD_WITHIN_S = 15 * 60;

/** The file name, size and alternative text of a new picture. */
export interface MediaCreation extends MutationInput {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly alt?: string | null;
}

/** A change of a picture. A missing field keeps its value. */
export interface MediaUpdate extends ChangeInput {
  readonly alt?: string;
  /** The new texts in all languages. A text in a language that is not in the list is deleted. */
  readonly altTranslations?: readonly AltTranslation[] | null;
  readonly focalPoint?: FocalPoint;
}

export interface MediaServiceDependencies {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly commands: CommandClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Null when the server has no object store. Uploads are then refused. */
  readonly objects: Objects | null;
  /** The virus scanner. Null when none is configured. */
  readonly scanner: Scanner | null;
}

const MEDIA_MUTATION = { scope: MediaWrite } as const;

/** Manages uploads of pictures. Every method needs `media:write`. Mutations return the id of the picture. */
export class MediaService {
  readonly #dependencies: MediaServiceDependencies;

  constructor(dependencies: MediaServiceDependencies) {
    this.#dependencies = dependencies;
  }

  /** Creates a picture that waits for its upload, and reserves the bytes of the upload in the shop's quota. */
  async create(ctx: RequestContext, input: MediaCreation): Promise<Result<string, Failure>> {
    requireScope(ctx, MediaWrite);
    const { unitOfWork, objects } = this.#dependencies;
    if (!objects) return err(storeMissing());
    if (input.sizeBytes > MAX_UPLOAD_BYTES) return err(fileTooLarge());
    const quota = await this.#quotaFor(ctx, input.sizeBytes);
    const mutation = { ...MEDIA_MUTATION, operation: 'mediaUploadCreate', input };
    return mutate(unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      if (!(await reserveBytes(tx, input.sizeBytes, quota))) return err(quotaExceeded(quota));
      const { fileName, sizeBytes, alt } = input;
      const { id } = tx.em.create(MediaEntity, { fileName, sizeBytes, alt: alt ?? '' });
      await tx.em.flush();
      return ok(id);
    });
  }

  /** The signed request with which a client sends the file. Null when the picture does not wait for an upload. */
  async ticket(ctx: RequestContext, { id, state, sizeBytes }: StoredMedia): Promise<SignedUpload | null> {
    const { objects } = this.#dependencies;
    if (!objects || state !== 'AWAITING_UPLOAD') return null;
    const key = uploadKey(ctx.tenantId, id);
    return objects.store.signedUpload({ key, size: sizeBytes, expiresInS: UPLOAD_WITHIN_S });
  }

  /**
   * Checks an uploaded file, and queues the creation of its resized variants. After a refusal, the client may upload another file to the
   * same URL.
   */
  async complete(
    ctx: RequestContext,
    input: MutationInput & { readonly id: string },
  ): Promise<Result<string, Failure>> {
    requireScope(ctx, MediaWrite);
    const { unitOfWork } = this.#dependencies;
    const [found] = await unitOfWork.read(ctx, (tx) => findMedia(tx, [input.id]));
    if (!found) return err(mediaUnknown());
    if (found.state !== 'AWAITING_UPLOAD') return ok(found.id); // completed before
    const accepted = await this.#accept(ctx, found);
    if (!accepted.ok) return accepted;
    const mutation = { ...MEDIA_MUTATION, operation: 'mediaUploadComplete', input };
    const completed = await mutate(unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const media = await lockMedia(tx, input.id);
      if (!media) return err(mediaUnknown());
      if (media.state !== 'AWAITING_UPLOAD') return ok(media.id);
      const { type: contentType, width, height } = accepted.value;
      Object.assign(media, { state: 'PROCESSING', contentType, width, height });
      await tx.em.flush();
      await queueProcessing(tx, media.id);
      tx.outbox.append(mediaChanged(media.id, 'UPLOADED'));
      return ok(media.id);
    });
    if (completed.ok) await this.#endUpload(ctx, input.id);
    return completed;
  }

  /**
   * Changes texts and focal point. A new focal point creates new resized variants. The earlier variants are shown until the new variants
   * exist.
   */
  update(ctx: RequestContext, input: MediaUpdate): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'mediaUpdate', input, async (tx, media) => {
      const { alt, altTranslations, focalPoint } = input;
      if (alt !== undefined) media.alt = alt;
      if (altTranslations !== undefined) media.altTranslations = altTranslations ?? [];
      if (focalPoint) Object.assign(media, { focalX: focalPoint.x, focalY: focalPoint.y });
      await tx.em.flush();
      if (focalPoint && (media.state === 'READY' || media.state === 'PROCESSING')) await queueProcessing(tx, media.id);
      tx.outbox.append(mediaChanged(media.id, 'UPDATED'));
      return ok(undefined);
    });
  }

  /** Deletes a picture that no product shows. The clean-up job deletes its objects later. */
  async delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    const deleted = await this.#edit(ctx, 'mediaDelete', input, async (tx, media) => {
      if (await isInUse(tx, media.id)) return err(mediaInUse());
      Object.assign(media, { deletedAt: this.#dependencies.clock.now(), dueAt: null });
      await tx.em.flush();
      await releaseBytes(tx, media.sizeBytes);
      tx.outbox.append(mediaChanged(media.id, 'DELETED'));
      return ok(undefined);
    });
    if (deleted.ok) await this.#endUpload(ctx, input.id);
    return deleted;
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    work: (tx: CatalogTransaction, media: MediaEntity) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    const mutation = { ...MEDIA_MUTATION, operation, input };
    return mutate(this.#dependencies.unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const found = changeable(await lockMedia(tx, input.id), input, 'picture');
      if (!found.ok) return found;
      const done = await work(tx, found.value);
      return done.ok ? ok(found.value.id) : done;
    });
  }

  /** The shop's quota in bytes. The plan is requested from the subgraph accounts only when the upload would exceed the smallest quota. */
  async #quotaFor(ctx: RequestContext, sizeBytes: number): Promise<number> {
    const { unitOfWork, commands } = this.#dependencies;
    const used = await unitOfWork.read(ctx, usedBytes);
    if (used + sizeBytes <= SMALLEST_QUOTA) return SMALLEST_QUOTA;
    return quotaOf((await commands.send(ctx, PlanOfTenant, {})).plan);
  }

  /** Checks the upload, and copies it to a key that no client can write. Otherwise a client could replace the file after the check. */
  async #accept(ctx: RequestContext, { id, sizeBytes }: StoredMedia): Promise<Result<InspectedImage, Failure>> {
    const { objects } = this.#dependencies;
    if (!objects) return err(storeMissing());
    const upload = await objects.store.get(uploadKey(ctx.tenantId, id));
    if (!upload) return err(uploadMissing());
    if (upload.size !== sizeBytes) {
      upload.body.destroy();
      return err(uploadMissing());
    }
    const bytes = await buffer(upload.body);
    const inspected = await inspectImage(bytes);
    if (!inspected.ok) return inspected;
    const clean = await this.#scan(ctx, bytes);
    if (!clean.ok) return clean;
    await objects.store.put(sourceKey(ctx.tenantId, id), bytes);
    return inspected;
  }

  /**
   * Deletes the uploaded file, and refuses later uploads to its URL. A bucket still accepts such uploads until the URL
   * expires. A file that is uploaded then has no effect, and the clean-up job deletes the file with the picture.
   */
  async #endUpload(ctx: RequestContext, id: string): Promise<void> {
    const { objects, logger } = this.#dependencies;
    if (!objects) return;
    const key = uploadKey(ctx.tenantId, id);
    try {
      if (objects.acceptsUploads) await objects.links.endUploads(key);
      await objects.store.delete(key);
    } catch (error) {
      logger.warn(
        { ...logIds(ctx), error, mediaId: id },
        'uploaded file not deleted, the clean-up deletes it with the picture',
      );
    }
  }

  async #scan(ctx: RequestContext, bytes: Uint8Array): Promise<Result<void, Failure>> {
    const { scanner, logger } = this.#dependencies;
    if (!scanner) return ok(undefined);
    try {
      return (await scanner.isClean(bytes)) ? ok(undefined) : err(unsafe());
    } catch (error) {
      logger.warn(
        { ...logIds(ctx), error },
        'virus scan failed, the upload is refused; check the scanner at CLAMD_URL',
      );
      return err(scannerDown());
    }
  }
}
