import { packageFolders } from '@souk/launcher/sources';
import { watch } from 'chokidar';
import { once } from 'node:events';
import { relative, join, sep } from 'node:path';

/**
 * The wait after the last saved file, in milliseconds. Files that an editor or `git checkout` writes together then
 * count as one change.
 */
const SETTLED_MS = 50;

/** A file watcher, which `close` stops. */
export interface FileWatch {
  close(): Promise<void>;
}

/**
 * Calls `onSaved` with the files that were written, added or removed, as paths relative to `root`. Files that change
 * together are in one call. Resolves when the watcher is active.
 */
export async function watchFiles(root: string, onSaved: (paths: readonly string[]) => void): Promise<FileWatch> {
  const saved = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    const paths = [...saved];
    saved.clear();
    onSaved(paths);
  };
  const watcher = watch(watchedPlaces(root), { ignoreInitial: true });
  watcher.on('all', (_event, path) => {
    saved.add(relative(root, path).replaceAll(sep, '/'));
    clearTimeout(timer);
    timer = setTimeout(flush, SETTLED_MS);
  });
  await once(watcher, 'ready');
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function watchedPlaces(root: string): string[] {
  const perPackage = packageFolders(root).flatMap((folder) =>
    ['src', 'schema.graphql', 'migrations'].map((name) => `${folder}/${name}`),
  );
  return ['supergraph.yaml', 'clients/operations', ...perPackage].map((place) => join(root, place));
}
