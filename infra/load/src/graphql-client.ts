import { Agent, request as httpRequest } from 'node:http';

/** Sends operations over keep-alive connections. */
export interface GraphqlClient {
  /**
   * Sends an operation. The response is searched for errors but not parsed, which leaves more CPU time to the server.
   * @returns the response as text.
   * @throws Error when the response has errors or user errors, has a status other than 200, or does not arrive within
   * 30 s.
   */
  send(query: string, variables: Readonly<Record<string, unknown>>): Promise<string>;
  /** Sends an operation. @returns the data of the response. @throws Error in the same cases as `send` */
  run<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  close(): void;
}

const ANSWER_WITHIN_MS = 30_000;

/**
 * Creates a client that sends its requests to the servers in turn.
 * @param bases URLs of servers of the same Souk.
 * @param connections maximum number of connections to each server.
 * @param accessToken the caller's token. Null for an anonymous caller. @default null
 */
export function graphqlClient(
  bases: readonly string[],
  connections: number,
  accessToken: string | null = null,
): GraphqlClient {
  // node:http needs less CPU time than fetch. On two cores, the client and the server compete for CPU time.
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
  let turn = 0;
  const send = async (query: string, variables: Readonly<Record<string, unknown>>) => {
    const base = bases[turn++ % bases.length];
    const answer = await post(agent, `${base}/graphql`, headers, JSON.stringify({ query, variables }));
    if (REFUSALS.some((refusal) => answer.includes(refusal)))
      throw new Error(`${base} refused the operation: ${answer.slice(0, 500)}`);
    return answer;
  };
  return {
    send,
    run: async (query, variables) => JSON.parse(await send(query, variables)).data,
    close: () => agent.destroy(),
  };
}

const HTTP_OK = 200;

/** Texts that occur only in a response with errors or user errors. */
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
          else reject(new Error(`${url} returned ${response.statusCode}: ${text.slice(0, 500)}`));
        });
        response.on('error', reject);
      },
    );
    request.on('timeout', () =>
      request.destroy(new Error(`${url} sent no response within ${ANSWER_WITHIN_MS / 1000} s.`)),
    );
    request.on('error', reject);
    request.end(body);
  });
}
