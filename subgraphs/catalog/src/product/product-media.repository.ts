import { LockMode } from '@mikro-orm/postgresql';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { CatalogTransaction } from '../database.ts';
import { MediaEntity } from '../media/media.entity.ts';
import { mediaNotReady, mediaUnknown } from '../media/media.errors.ts';
import type { MediaDraft } from './product-draft.ts';

/** A picture or video as staff enter it: either `url` for a file on another server, or `mediaId` for an uploaded picture. */
export interface MediaChoice extends Omit<MediaDraft, 'url'> {
  readonly url?: string | null;
}

/** Checks the media of a product. Uploaded pictures must be READY. Their rows are locked, so the clean-up cannot delete them meanwhile. */
export async function resolveMedia(
  tx: CatalogTransaction,
  choices: readonly MediaChoice[],
): Promise<Result<MediaDraft[], Failure>> {
  const ids = choices.flatMap(({ mediaId }) => (mediaId ? [mediaId] : [])).toSorted();
  const uploaded = new Map<string, MediaEntity>();
  if (ids.length > 0) for (const each of await lockedInOrder(tx, ids)) uploaded.set(each.id, each);
  const drafts: MediaDraft[] = [];
  for (const [index, choice] of choices.entries()) {
    const draft = draftOf(choice, uploaded, ['media', String(index)]);
    if (!draft.ok) return draft;
    drafts.push(draft.value);
  }
  return ok(drafts);
}

function lockedInOrder({ em, tenantId }: CatalogTransaction, ids: readonly string[]): Promise<MediaEntity[]> {
  return em.find(
    MediaEntity,
    { tenantId, id: { $in: [...ids] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
}

function draftOf(
  choice: MediaChoice,
  uploaded: ReadonlyMap<string, MediaEntity>,
  field: readonly string[],
): Result<MediaDraft, Failure> {
  const { url, mediaId, ...rest } = choice;
  if (typeof url === 'string' && !mediaId) return ok({ ...rest, url });
  if (!mediaId || url) return err(failure('INVALID_INPUT', 'Give either `url` or `mediaId`', [...field]));
  const found = uploaded.get(mediaId.toLowerCase());
  if (!found) return err(mediaUnknown([...field, 'mediaId']));
  if (found.state !== 'READY' || !found.url) return err(mediaNotReady([...field, 'mediaId']));
  const { width, height } = found;
  return ok({
    url: found.url,
    mediaId: found.id,
    alt: rest.alt ?? found.alt,
    width: width ?? null,
    height: height ?? null,
  });
}
