import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Commands to a server process. */
export type ServerCommand =
  | { readonly do: 'MEASURE_MEMORY' }
  /** Publishes one event to all sockets. Only the baseline uses `how`. */
  | { readonly do: 'BROADCAST'; readonly how: RawSending | null }
  /** Publishes `times` events to one socket, and one event to all sockets after every `broadcastAfter` events. */
  | {
      readonly do: 'PUBLISH_TO_ONE';
      readonly times: number;
      readonly everyMs: number;
      readonly broadcastAfter: number | null;
    };

/**
 * How the baseline sends a frame. With WS_SEND, `ws` builds a header for each socket. With PREBUILT, all sockets get
 * the same prepared bytes.
 */
export type RawSending = 'WS_SEND' | 'PREBUILT';

/** Commands to a process of clients. */
export type AudienceCommand =
  | { readonly do: 'CONNECT'; readonly port: number; readonly sockets: number; readonly watching: readonly string[] }
  /**
   * Waits for a broadcast. Replies twice: when it is waiting, and with the latencies when all sockets have received the
   * broadcast.
   */
  | { readonly do: 'RECEIVE_BROADCAST' }
  /**
   * Waits for `times` events of the client's own order. Replies twice: when it is waiting, and with the latencies at
   * the end.
   */
  | { readonly do: 'RECEIVE_OWN'; readonly times: number }
  | { readonly do: 'DISCARD' };

/** The memory of a server after a garbage collection, in MiB. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** The memory of buffers outside of the heap. */
  readonly external: number;
}

/** The fields of replies. Each command gets a reply with some of them. */
export interface Replies {
  readonly port: number;
  readonly memory: Memory;
  readonly connectedMs: number;
  /** Milliseconds from the event to each client's socket, in the order of arrival. */
  readonly latencies: readonly number[];
}

/** Waits for the next reply of a process. @throws Error when the process ends instead */
export async function nextReply(child: ChildProcess): Promise<Replies> {
  const ending = new AbortController();
  const ended = once(child, 'exit', { signal: ending.signal }).then(([code]) => {
    throw new Error(`A process of the benchmark ended with exit code ${String(code)}. Its output above says why.`);
  });
  const message = once(child, 'message', { signal: ending.signal });
  try {
    const [reply] = await Promise.race([message, ended]);
    return reply as Replies; // Only programs of this folder send messages.
  } finally {
    ending.abort();
    await Promise.allSettled([ended, message]);
  }
}

/** Sends a command. @returns the next reply of the process */
export function send(child: ChildProcess, command: ServerCommand | AudienceCommand): Promise<Replies> {
  const next = nextReply(child);
  child.send(command);
  return next;
}

/** Sends a reply to the parent process. @throws Error when there is no parent process with an IPC channel */
export function reply(replies: Partial<Replies>): void {
  if (!process.send) throw new Error('This program is a part of `npm run bench:subscriptions`. Run that instead.');
  process.send(replies);
}

/** Measures the memory of this process after a garbage collection. */
export function memory(): Memory {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const MiB = 1024 * 1024;
  return { rss: rss / MiB, heap: heapUsed / MiB, external: external / MiB };
}
