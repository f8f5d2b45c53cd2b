import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { send, type LoadRequest, type LoadTarget } from './gateway-load.ts';

/** A server under comparison. It gets the same requests as the other servers, in its own protocol. */
export interface Compared {
  readonly name: string;
  readonly origin: string;
  readonly requests: readonly LoadRequest[];
  /**
   * Extracts the part of a response that must be equal on all servers.
   * @throws Error when the response is a failure.
   */
  meaningOf(body: Buffer): unknown;
}

/**
 * A GraphQL request over POST that accepts any response. `checkedTargets` replaces it by a request that checks the
 * response.
 */
export function graphqlPost(body: string): LoadRequest {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return { method: 'POST', path: '/graphql', headers, body, isAnsweredBy: () => true };
}

/** Parses a GraphQL response. @returns its data @throws Error when the response has errors or no data */
export function graphqlData(body: Buffer): unknown {
  const { data, errors } = JSON.parse(body.toString('utf8'));
  if (errors || !data)
    throw new Error(`GraphQL response with errors or without data: ${body.toString('utf8').slice(0, 500)}`);
  return data;
}

/**
 * Sends every request once to every server, and requires equal responses.
 * @returns load targets that accept only these responses.
 * @throws Error that names the first request with different responses.
 */
export async function checkedTargets(compared: readonly Compared[]): Promise<readonly LoadTarget[]> {
  const [first, ...others] = await Promise.all(compared.map(answersOf));
  for (const [index, expected] of (first ?? []).entries()) {
    const different = others.findIndex((answers) => !isDeepStrictEqual(answers[index]?.meaning, expected.meaning));
    if (different >= 0) {
      throw new Error(
        `Request ${index}: ${compared[different + 1]?.name} and ${compared[0]?.name} return different responses. Fix one of them before measuring.`,
      );
    }
  }
  return Promise.all(
    compared.map(async (each) => ({
      origin: each.origin,
      requests: (await answersOf(each)).map(({ request }) => request),
    })),
  );
}

async function answersOf({ name, origin, requests, meaningOf }: Compared) {
  const pool = new Pool(origin, { connections: 10, pipelining: 1 });
  try {
    return await Promise.all(
      requests.map(async (request) => {
        const { status, body } = await send(pool, request);
        if (status !== 200) throw new Error(`${name} returned ${status}: ${body.toString('utf8').slice(0, 500)}`);
        const meaning = meaningOf(body);
        const isAnsweredBy = (got: number, bytes: Buffer) =>
          // Comparing bytes is cheap, and most responses have equal bytes. The other responses differ only in
          // `extensions`, so their data is compared.
          got === 200 && (bytes.equals(body) || isDeepStrictEqual(meaningOf(bytes), meaning));
        return { meaning, request: { ...request, isAnsweredBy } };
      }),
    );
  } finally {
    await pool.destroy();
  }
}
