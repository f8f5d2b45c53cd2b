import type { Received } from './http-transport.ts';
import type { OperationDocument } from './operation-document.ts';
import { pause, pauseMs } from './reconnection.ts';
import { SoukError } from './souk-error.ts';

/** Statuses of a gateway or proxy that is restarting, overloaded or timed out. */
const RETRYABLE_STATUS: ReadonlySet<number | null> = new Set([502, 503, 504]);

/** Returns whether the operation has the same effect when the server runs it twice. */
export function isRepeatable({ type, keyIn }: OperationDocument<'query' | 'mutation', unknown, never>): boolean {
  return type === 'query' || keyIn !== undefined;
}

function isRetryableFailure(failure: unknown): boolean {
  return failure instanceof SoukError && (failure.code === 'NETWORK_ERROR' || RETRYABLE_STATUS.has(failure.status));
}

/**
 * Sends a request until it has a response, with exponential backoff.
 * @param attempts the number of further attempts after the first.
 * @throws the failure of the last attempt, or the reason of the signal.
 */
export async function retried<Data>(
  sendOnce: () => Promise<Received<Data>>,
  attempts: number,
  signal: AbortSignal | null,
): Promise<Received<Data>> {
  for (let failed = 0; ; failed += 1) {
    const isLast = failed >= attempts;
    try {
      const received = await sendOnce();
      if (isLast || !RETRYABLE_STATUS.has(received.status)) return received;
    } catch (failure) {
      if (isLast || !isRetryableFailure(failure)) throw failure;
    }
    await pause(pauseMs(failed, Math.random()), signal ?? NEVER);
    signal?.throwIfAborted();
  }
}

const NEVER = new AbortController().signal;
