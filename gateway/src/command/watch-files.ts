import { unwatchFile, watchFile } from 'node:fs';

/** Watches files until it is closed. */
export interface FileWatch {
  /** Watches these files instead of the files that were watched before. */
  follow(files: readonly string[]): void;
  close(): void;
}

const LOOK_MS = 200;
/**
 * How long a changed file must stay unchanged before the gateway reads it, in milliseconds, because a program may write a file in several
 * steps.
 */
const SETTLED_MS = 100;

/**
 * Calls back when one of the files has changed. The files are polled, because file system events miss the replacement of a file by an
 * editor, a changed symbolic link in Kubernetes, and a change on a network file system.
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
