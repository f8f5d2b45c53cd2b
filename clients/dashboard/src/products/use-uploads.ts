import { useToast } from '@souk/ui';
import { useState } from 'react';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { uploadPicture, type UploadedPicture } from './upload-picture.ts';

/** A file that is being uploaded. */
export interface RunningUpload {
  readonly key: string;
  readonly name: string;
  /** The uploaded share of the file, from 0 to 1. At 1 the server resizes the picture. */
  readonly share: number;
}

/** Uploads picture files, and reports their progress. A file that fails is reported by a toast and left out. */
export function useUploads() {
  const toast = useToast();
  const [uploads, setUploads] = useState<readonly RunningUpload[]>([]);
  const uploadOne = async (file: File): Promise<UploadedPicture | null> => {
    const key = newIdempotencyKey();
    setUploads((others) => [...others, { key, name: file.name, share: 0 }]);
    try {
      return await uploadPicture(file, (share) =>
        setUploads((all) => all.map((each) => (each.key === key ? { ...each, share } : each))),
      );
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error), tone: 'bad' });
      return null;
    } finally {
      setUploads((all) => all.filter((each) => each.key !== key));
    }
  };
  const upload = async (files: readonly File[]): Promise<readonly UploadedPicture[]> =>
    (await Promise.all(files.map(uploadOne))).filter((picture) => picture !== null);
  return { uploads, upload };
}
