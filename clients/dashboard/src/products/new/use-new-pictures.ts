import { useState } from 'react';
import { moved, type ProductPicture } from '../pictures.ts';
import type { PictureEditing } from '../use-pictures.ts';
import { useUploads } from '../use-uploads.ts';

/**
 * The pictures of a product that does not exist yet. They are uploaded immediately, and are added to the product when
 * it is created.
 */
export function useNewPictures(): PictureEditing {
  const { uploads, upload } = useUploads();
  const [media, setMedia] = useState<readonly ProductPicture[]>([]);
  return {
    media,
    uploads,
    isSaving: false,
    async add(files) {
      const added = await upload(files);
      setMedia((others) => [
        ...others,
        ...added.map(({ id, url, alt, width, height }) => ({
          url: url ?? '',
          alt,
          width,
          height,
          kind: 'IMAGE' as const,
          media: { id, thumbnail: url },
        })),
      ]);
    },
    move: (from, to) => setMedia((present) => moved(present, from, to)),
    remove: (index) => setMedia((present) => present.toSpliced(index, 1)),
    describe: (index, alt) =>
      setMedia((present) => present.map((each, at) => (at === index ? { ...each, alt } : each))),
  };
}
