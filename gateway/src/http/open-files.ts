import { readFileSync } from 'node:fs';

/** Connections take memory too: more than these are refused, however many files the process may open. */
const MOST_CONNECTIONS = 25_000;
/** One address takes no more than a quarter of all connections, and no more than these. */
const MOST_OF_ADDRESS = 1000;

/** How many connections clients may have open. */
export interface ConnectionMaxima {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
}

/**
 * Every connection is an open file. A fifth of all files, at least 256, is left to databases, subgraphs, Redis, logs and pictures.
 * @param openFiles that the process may have; null where that is not known.
 */
export function connectionMaxima(openFiles: number | null): ConnectionMaxima {
  const files = openFiles ?? Number.POSITIVE_INFINITY;
  const left = Math.max(files / 2, Math.min(files * 0.8, files - 256));
  const maxConnections = Math.floor(Math.min(MOST_CONNECTIONS, left));
  return { maxConnections, maxConnectionsPerAddress: Math.min(MOST_OF_ADDRESS, Math.ceil(maxConnections / 4)) };
}

/** The files that this process may have open: the soft limit of `ulimit -n`. Null where the system has no `/proc`. */
export function openFilesLimit(): number | null {
  try {
    return openFilesIn(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return null;
  }
}

/** Reads the text of `/proc/self/limits`. Null for `unlimited`. */
export function openFilesIn(limits: string): number | null {
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? null : Number(soft);
}
