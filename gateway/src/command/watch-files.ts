import { unwatchFile, watchFile } from 'node:fs';

/** Watches until it is closed. */
export interface FileWatch {
  /** Watches these instead. */
  follow(files: readonly string[]): void;
  close(): void;
}

const LOOK_MS = 200;
/** A file that is written in parts is read when nothing has been added to it for so long. */
const SETTLED_MS = 100;

/**
 * Calls back when one of the files was changed. By looking, not by the file system's events: a look sees what counts, whether
 * an editor put another file in its place, Kubernetes turned over a link to its folder, or it lies on another machine.
 */
export function watchFiles(files: readonly string[], onChange: () => void): FileWatch {
  let timer: NodeJS.Timeout | undefined;
  let watched: readonly string[] = [];
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLED_MS).unref();
  };
  const follow = (next: readonly string[]) => {
    for (const file of watched) if (!next.includes(file)) unwatchFile(file, changed);
    for (const file of next) {
      if (!watched.includes(file)) watchFile(file, { interval: LOOK_MS, persistent: false }, changed);
    }
    watched = next;
  };
  follow(files);
  return {
    follow,
    close: () => {
      clearTimeout(timer);
      follow([]);
    },
  };
}
