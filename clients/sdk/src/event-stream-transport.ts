import { createClient } from 'graphql-sse';
import { headersOf, type HeaderSource } from './client-headers.ts';
import { pause, pauseMs } from './reconnection.ts';
import { SoukError } from './souk-error.ts';
import type { ResultSink, SubscriptionTransport } from './subscription-transport.ts';

/** Options of `eventStreamTransport`. */
export interface EventStreamOptions {
  readonly url: string;
  readonly headers: HeaderSource;
  readonly retryAttempts: number;
  readonly fetch: typeof fetch;
}

/** Creates a transport over Server-Sent Events (graphql-sse, distinct connections mode): one request for each subscription. */
export function eventStreamTransport(options: EventStreamOptions): SubscriptionTransport {
  return {
    subscribe(payload, sink) {
      const ending = new AbortController();
      const client = clientOf(options, ending.signal);
      const end = client.subscribe(payload, withRefusals(sink));
      return () => {
        ending.abort();
        end();
      };
    },
  };
}

function clientOf({ url, headers, retryAttempts, fetch: fetchOf }: EventStreamOptions, ending: AbortSignal) {
  let refusal: number | null = null;
  return createClient({
    url,
    headers: async () => ({ ...(await headersOf(headers)) }),
    retryAttempts,
    fetchFn: async (...args: Parameters<typeof fetch>) => {
      const response = await fetchOf(...args);
      refusal = response.status >= 400 && response.status < 500 ? response.status : null;
      return response;
    },
    // graphql-sse retries refused requests too. The rejected promise stops these retries.
    retry: async (retries) => {
      if (refusal !== null) throw refused(refusal);
      await pause(pauseMs(retries, Math.random()), ending);
    },
  });
}

function refused(status: number): SoukError {
  const message = `The gateway refused the subscription with the HTTP status ${status}. Check the login and the tenant.`;
  return new SoukError(message, { code: status === 401 ? 'UNAUTHENTICATED' : 'STREAM_REFUSED', status });
}

/**
 * Returns a sink that converts a result with errors and without data to a failure. The gateway sends such a result when
 * it refuses the operation.
 */
function withRefusals(sink: ResultSink): ResultSink {
  let isOver = false;
  return {
    next(result) {
      if (result.data !== undefined || result.errors === undefined) return sink.next(result);
      isOver = true;
      sink.error(result.errors);
    },
    error: (failure) => isOver || sink.error(failure),
    complete: () => isOver || sink.complete(),
  };
}
