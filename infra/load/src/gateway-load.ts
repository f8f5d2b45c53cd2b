import { Pool, type Dispatcher } from 'undici';

/** The requests for one server, each with a check of its response. */
export interface LoadTarget {
  /** `http://host:port`, without a path. */
  readonly origin: string;
  /** The requests, which are sent in turn. */
  readonly requests: readonly LoadRequest[];
}

/** A request with a check of its response. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** @returns whether the status and the body are as expected */
  isAnsweredBy(status: number, body: Buffer): boolean;
}

/** The result of one round. Durations are in milliseconds. */
export interface Round {
  readonly requests: number;
  readonly elapsedMs: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Keeps `connections` connections busy for `durationMs`. Each connection sends the next request as soon as it has
 * received a response.
 * @throws Error at the first unexpected response.
 */
export async function load(target: LoadTarget, connections: number, durationMs: number): Promise<Round> {
  const pool = new Pool(target.origin, { connections, pipelining: 1 });
  const durations: number[] = [];
  let turn = 0;
  const started = performance.now();
  const worker = async () => {
    while (performance.now() - started < durationMs) {
      const request = target.requests[turn++ % target.requests.length];
      if (!request) throw new Error('The load target has no requests.');
      const begun = performance.now();
      const { status, body } = await send(pool, request);
      durations.push(performance.now() - begun);
      if (!request.isAnsweredBy(status, body)) throw new Error(wrongAnswer(target.origin, request, status, body));
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
  } finally {
    await pool.destroy();
  }
  return summarize(durations, performance.now() - started);
}

function wrongAnswer(origin: string, { body: asked }: LoadRequest, status: number, body: Buffer): string {
  return `${origin} returned a wrong response with status ${status} to ${asked?.slice(-60) ?? 'GET'}: ${body.toString('utf8').slice(0, 500)}`;
}

function summarize(durations: readonly number[], elapsedMs: number): Round {
  const sorted = Float64Array.from(durations).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { requests: sorted.length, elapsedMs, p50: at(0.5), p99: at(0.99) };
}

/**
 * Sends one request. undici's `dispatch` needs half the CPU time of `request`, which leaves more of the core to the
 * subgraphs.
 */
export function send(
  pool: Dispatcher,
  request: LoadRequest,
): Promise<{ readonly status: number; readonly body: Buffer }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    const { method, path, headers, body } = request;
    pool.dispatch(
      { method, path, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => void (status = statusCode),
        onResponseData: (_controller, chunk) => void chunks.push(chunk),
        onResponseEnd: () =>
          resolve({ status, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
