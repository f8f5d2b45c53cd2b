import { readFileSync } from 'node:fs';

/** An upper bound for any limit of open files, because each connection also takes memory. */
const MOST_CONNECTIONS = 25_000;
/**
 * The maximum number of connections of one client address. An address gets at most a quarter of all connections, and
 * never more than this number.
 */
const MOST_OF_ADDRESS = 1000;

/** Limits of the server's open connections, in total and per client address. */
export interface ConnectionMaxima {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
}

/**
 * The maximum numbers of connections for a process with this limit of open files. Every connection is an open file. A fifth of the files,
 * at least 256, is reserved for databases, subgraphs, Redis, logs and pictures.
 * @param openFiles the process's limit, or null when it is unknown
 */
export function connectionMaxima(openFiles: number | null): ConnectionMaxima {
  const files = openFiles ?? Number.POSITIVE_INFINITY;
  const left = Math.max(files / 2, Math.min(files * 0.8, files - 256));
  const maxConnections = Math.floor(Math.min(MOST_CONNECTIONS, left));
  return { maxConnections, maxConnectionsPerAddress: Math.min(MOST_OF_ADDRESS, Math.ceil(maxConnections / 4)) };
}

/** The process's limit of open files: the soft limit of `ulimit -n`. Null on systems without `/proc`. */
export function openFilesLimit(): number | null {
  try {
    return openFilesIn(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Parses the text of `/proc/self/limits`.
 * @returns null for `unlimited`
 */
export function openFilesIn(limits: string): number | null {
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? null : Number(soft);
}
