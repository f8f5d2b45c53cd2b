import { ProductUpdateDocument, type ProductMediaInput } from '@souk/sdk';
import { useToast } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { moved, pictureInput, type ProductPicture } from './pictures.ts';
import { readProduct } from './save-product.ts';
import type { ProductForm } from './use-product-form.ts';
import { useUploads, type RunningUpload } from './use-uploads.ts';

/** The pictures of a product, and functions that change them. */
export interface PictureEditing {
  readonly media: readonly ProductPicture[];
  readonly uploads: readonly RunningUpload[];
  readonly isSaving: boolean;
  readonly add: (files: readonly File[]) => Promise<void>;
  readonly move: (from: number, to: number) => void;
  readonly remove: (index: number) => void;
  readonly describe: (index: number, alt: string) => void;
}

type Change = (present: readonly ProductMediaInput[]) => readonly ProductMediaInput[];

/**
 * The pictures of a product, and functions that change them. Each change is saved immediately, independent of the
 * form's save button.
 */
export function usePictures({ product, follow }: ProductForm): PictureEditing {
  const { t } = useI18n();
  const toast = useToast();
  const { uploads, upload } = useUploads();
  const refused = (error: Error) => toast({ text: error.message, tone: 'bad' });
  const save = useMutation({
    scope: { id: `pictures ${product.id}` }, // one change after the other: each begins with the result of the one before
    mutationFn: (change: Change) => savePictures(product.id, change),
    onSuccess: follow,
    onError: refused,
  });
  return {
    media: product.media,
    uploads,
    isSaving: save.isPending,
    async add(files: readonly File[]) {
      const added = await upload(files);
      if (added.length === 0) return;
      save.mutate((present) => [...present, ...added.map(({ id }) => ({ mediaId: id }))]);
      toast({ text: t('product.pictures.added', { count: added.length }) });
    },
    move: (from: number, to: number) => save.mutate((present) => moved(present, from, to)),
    remove: (index: number) => save.mutate((present) => present.toSpliced(index, 1)),
    describe: (index: number, alt: string) =>
      save.mutate((present) => present.map((each, at) => (at === index ? { ...each, alt } : each))),
  };
}

/** Applies a change to the current pictures on the server, not to the pictures in the cache. @throws RefusalError */
async function savePictures(id: string, change: Change): Promise<void> {
  const present = await readProduct(id);
  if (!present) return;
  const media = change(present.media.map((each) => pictureInput(each, location.origin)));
  const input = { idempotencyKey: newIdempotencyKey(), id, expectedVersion: present.version, media: [...media] };
  accepted((await souk.run(ProductUpdateDocument, { input })).productUpdate);
}
