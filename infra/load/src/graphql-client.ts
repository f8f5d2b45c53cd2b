import { Agent, request as httpRequest } from 'node:http';

/** Sends operations over kept-alive connections. */
export interface GraphqlClient {
  /** The data of the answer. @throws Error when the answer has errors, also when they are userErrors. */
  run<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data>;
  close(): void;
}

export function graphqlClient(base: string, connections: number): GraphqlClient {
  // node:http, not fetch: on two cores the client must leave the processor to the server.
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    async run<Data>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
      const answer = JSON.parse(await post(agent, `${base}/graphql`, JSON.stringify({ query, variables })));
      const refusals = Object.values(answer.data ?? {}).flatMap((payload) => userErrorsOf(payload));
      const errors = [...(answer.errors ?? []), ...refusals];
      if (errors.length > 0) throw new Error(`the server refused: ${JSON.stringify(errors[0])}`);
      return answer.data;
    },
    close: () => agent.destroy(),
  };
}

function userErrorsOf(payload: unknown): unknown[] {
  const hasErrors =
    typeof payload === 'object' && payload !== null && 'userErrors' in payload && Array.isArray(payload.userErrors);
  return hasErrors ? (payload.userErrors as unknown[]) : [];
}

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
