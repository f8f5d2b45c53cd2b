import { ProductUpdateDocument, type ProductMediaInput } from '@souk/sdk';
import { useToast } from '@souk/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { moved, pictureInput } from './pictures.ts';
import { readProduct } from './save-product.ts';
import { uploadPicture } from './upload-picture.ts';
import type { ProductForm } from './use-product-form.ts';

/** A file that is being uploaded. */
export interface RunningUpload {
  readonly key: string;
  readonly name: string;
  /** The uploaded share of the file, from 0 to 1. At 1 the server resizes the picture. */
  readonly share: number;
}

type Change = (present: readonly ProductMediaInput[]) => readonly ProductMediaInput[];

/**
 * The pictures of a product, and functions that change them. Each change is saved immediately, independent of the
 * form's save button.
 */
export function usePictures({ product, follow }: ProductForm) {
  const { t } = useI18n();
  const toast = useToast();
  const [uploads, setUploads] = useState<readonly RunningUpload[]>([]);
  const refused = (error: Error) => toast({ text: error.message, tone: 'bad' });
  const save = useMutation({
    scope: { id: `pictures ${product.id}` }, // one change after the other: each begins with the result of the one before
    mutationFn: (change: Change) => savePictures(product.id, change),
    onSuccess: follow,
    onError: refused,
  });
  const upload = async (file: File): Promise<string | null> => {
    const key = newIdempotencyKey();
    setUploads((others) => [...others, { key, name: file.name, share: 0 }]);
    try {
      return await uploadPicture(file, (share) =>
        setUploads((all) => all.map((each) => (each.key === key ? { ...each, share } : each))),
      );
    } catch (error) {
      refused(error instanceof Error ? error : new Error(String(error)));
      return null;
    } finally {
      setUploads((all) => all.filter((each) => each.key !== key));
    }
  };
  return {
    uploads,
    isSaving: save.isPending,
    async add(files: readonly File[]) {
      const ids = (await Promise.all(files.map(upload))).filter((id) => id !== null);
      if (ids.length === 0) return;
      save.mutate((present) => [...present, ...ids.map((mediaId) => ({ mediaId }))]);
      toast({ text: t('product.pictures.added', { count: ids.length }) });
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
