import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { send, type LoadRequest, type LoadTarget } from './gateway-load.ts';

/** A server that is compared with others: the same requests, its own way of sending them. */
export interface Compared {
  readonly name: string;
  readonly origin: string;
  readonly requests: readonly LoadRequest[];
  /** What of a parsed answer must be the same for all. @throws Error when the answer is a failure */
  meaningOf(body: Buffer): unknown;
}

/** A GraphQL request over POST. It takes any answer: `checkedTargets` makes it particular. */
export function graphqlPost(body: string): LoadRequest {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return { method: 'POST', path: '/graphql', headers, body, isAnsweredBy: () => true };
}

/** The data of a GraphQL answer. */
export function graphqlData(body: Buffer): unknown {
  const { data, errors } = JSON.parse(body.toString('utf8'));
  if (errors || !data) throw new Error(`an answer has errors: ${body.toString('utf8').slice(0, 500)}`);
  return data;
}

/**
 * Asks everybody everything once, and gives what to load each with: only answers that mean the same are right.
 * @throws Error that names the first answer that differs
 */
export async function checkedTargets(compared: readonly Compared[]): Promise<readonly LoadTarget[]> {
  const [first, ...others] = await Promise.all(compared.map(answersOf));
  for (const [index, expected] of (first ?? []).entries()) {
    const different = others.findIndex((answers) => !isDeepStrictEqual(answers[index]?.meaning, expected.meaning));
    if (different >= 0) {
      throw new Error(`${compared[different + 1]?.name} and ${compared[0]?.name} answer request ${index} differently`);
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
        if (status !== 200) throw new Error(`${name} answered ${status}: ${body.toString('utf8').slice(0, 500)}`);
        const meaning = meaningOf(body);
        const isAnsweredBy = (got: number, bytes: Buffer) =>
          // The same bytes are the rule, and cost next to nothing to see; a remark that changes may make them differ.
          got === 200 && (bytes.equals(body) || isDeepStrictEqual(meaningOf(bytes), meaning));
        return { meaning, request: { ...request, isAnsweredBy } };
      }),
    );
  } finally {
    await pool.destroy();
  }
}
