import { Agent, request as httpRequest } from 'node:http';

/** Sends operations over kept-alive connections. */
export interface GraphqlClient {
  /**
   * The answer as text, looked at but not parsed: the load must leave the processors to the server.
   * @throws Error when it has errors, is none of GraphQL, or does not come within 30 s.
   */
  send(query: string, variables: Readonly<Record<string, unknown>>): Promise<string>;
  /** The data of the answer. @throws Error when the answer has errors, also when they are userErrors. */
  run<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  close(): void;
}

const ANSWER_WITHIN_MS = 30_000;

/** @param bases servers of the same, asked in turn. @param connections to each of them at most. @param accessToken default: nobody's. */
export function graphqlClient(
  bases: readonly string[],
  connections: number,
  accessToken: string | null = null,
): GraphqlClient {
  // node:http, not fetch: on two cores the client must leave the processor to the server.
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
  let turn = 0;
  const send = async (query: string, variables: Readonly<Record<string, unknown>>) => {
    const base = bases[turn++ % bases.length];
    const answer = await post(agent, `${base}/graphql`, headers, JSON.stringify({ query, variables }));
    if (REFUSALS.some((refusal) => answer.includes(refusal)))
      throw new Error(`the server refused: ${answer.slice(0, 500)}`);
    return answer;
  };
  return {
    send,
    run: async (query, variables) => JSON.parse(await send(query, variables)).data,
    close: () => agent.destroy(),
  };
}

const HTTP_OK = 200;

/** How an answer with errors, or with userErrors, reads. */
const REFUSALS = ['"errors":[', '"userErrors":[{'];

function post(agent: Agent, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method: 'POST',
        agent,
        timeout: ANSWER_WITHIN_MS,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === HTTP_OK) resolve(text);
          else reject(new Error(`the server answered ${response.statusCode}: ${text.slice(0, 500)}`));
        });
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)));
    request.on('error', reject);
    request.end(body);
  });
}
