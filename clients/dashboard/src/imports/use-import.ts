import { ImportChangedDocument, ImportShowDocument } from '@souk/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { sockets, souk } from '../api/client.ts';
import { hasEnded } from './import-format.ts';

export const importKey = (id: string) => ['import', id] as const;

/** An import that follows its progress by a subscription, until the import has ended. */
export function useImport(id: string) {
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: importKey(id),
    queryFn: async ({ signal }) => (await souk.run(ImportShowDocument, { id }, { signal })).import,
  });
  const isOpen = found.data ? !hasEnded(found.data.status) : false;
  useEffect(() => {
    if (!isOpen) return undefined;
    const readAgain = () => void queries.invalidateQueries({ queryKey: importKey(id) });
    return sockets.subscribe(
      ImportChangedDocument,
      { id },
      {
        started: readAgain, // The import may have ended before the subscription began.
        next: ({ data }) => {
          const changed = data?.importChanged;
          if (!changed) return;
          queries.setQueryData(importKey(id), changed);
          if (!hasEnded(changed.status)) return;
          for (const key of ['imports', 'products', 'import-problems']) {
            void queries.invalidateQueries({ queryKey: [key] });
          }
        },
        error: readAgain,
        missed: readAgain,
      },
    );
  }, [id, isOpen, queries]);
  return found;
}
