import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a server is told. */
export type ServerCommand =
  | { readonly do: 'MEASURE_MEMORY' }
  | { readonly do: 'TELL_ALL'; readonly how: RawSending | null }
  /** Tells the one so often; meanwhile everybody, after every so many of these. */
  | { readonly do: 'TELL_ONE'; readonly times: number; readonly everyMs: number; readonly tellAllAfter: number | null };

/** How the yardstick sends a frame: by `ws`, which makes the head of each; or the bytes of a frame made once. */
export type RawSending = 'WS_SEND' | 'PREBUILT';

/** What an audience is told. */
export type AudienceCommand =
  | { readonly do: 'CONNECT'; readonly port: number; readonly sockets: number; readonly watching: readonly string[] }
  /** Answers, then answers again with everybody's times. */
  | { readonly do: 'HEAR_ALL' }
  /** The same for what an only client is told so often. */
  | { readonly do: 'HEAR_ONE'; readonly times: number }
  /** What comes is read and forgotten. */
  | { readonly do: 'HEAR_NOTHING' };

/** Of a server, after a garbage collection. MiB. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** Buffers, outside of the heap. */
  readonly external: number;
}

/** What the processes of the benchmark answer. */
export interface Answers {
  readonly port: number;
  readonly memory: Memory;
  readonly connectedMs: number;
  /** From the event to the client's socket, milliseconds, in the order in which they came. */
  readonly latencies: readonly number[];
}

/** The next thing that a process says. @throws Error when it ends instead */
export async function heard(child: ChildProcess): Promise<Answers> {
  const ending = new AbortController();
  const ended = once(child, 'exit', { signal: ending.signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${String(code)}`);
  });
  const message = once(child, 'message', { signal: ending.signal });
  try {
    const [answer] = await Promise.race([message, ended]);
    return answer as Answers; // the processes are this folder's
  } finally {
    ending.abort();
    await Promise.allSettled([ended, message]);
  }
}

/** Tells it, and gives its answer. */
export function ask(child: ChildProcess, command: ServerCommand | AudienceCommand): Promise<Answers> {
  const answer = heard(child);
  child.send(command);
  return answer;
}

/** In the process itself: who told it. @throws Error when it was started by hand */
export function answer(answers: Partial<Answers>): void {
  if (!process.send) throw new Error('this program is a part of `npm run bench:subscriptions`');
  process.send(answers);
}

/** In the process itself: the garbage is collected first. */
export function memory(): Memory {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const MiB = 1024 * 1024;
  return { rss: rss / MiB, heap: heapUsed / MiB, external: external / MiB };
}
