import { Agent, request as httpRequest } from 'node:http';

/** Sends operations over kept-alive connections. */
export interface GraphqlClient {
  /** The answer as text, looked at but not parsed: the load must leave the processors to the server. @throws Error when it has errors */
  send(query: string, variables: Readonly<Record<string, unknown>>): Promise<string>;
  /** The data of the answer. @throws Error when the answer has errors, also when they are userErrors. */
  run<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  close(): void;
}

export function graphqlClient(base: string, connections: number): GraphqlClient {
  // node:http, not fetch: on two cores the client must leave the processor to the server.
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = async (query: string, variables: Readonly<Record<string, unknown>>) => {
    const answer = await post(agent, `${base}/graphql`, JSON.stringify({ query, variables }));
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

/** How an answer with errors, or with userErrors, reads. */
const REFUSALS = ['"errors":[', '"userErrors":[{'];

function post(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
