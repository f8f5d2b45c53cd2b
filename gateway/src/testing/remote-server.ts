import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a subgraph's server was asked. */
export interface RemoteQuestion {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on a free port that answers by a script. */
export interface RemoteServer {
  readonly server: Server;
  /** Of its GraphQL. */
  readonly url: string;
  readonly questions: readonly RemoteQuestion[];
  /** Stops listening, and cuts every connection. */
  close(): Promise<void>;
}

/** How a server answers a request. `question` counts from 0. */
export type RemoteScript = (response: ServerResponse, asked: RemoteQuestion, question: number) => void;

/** Starts one. `port` 0 takes any that is free. */
export async function startRemoteServer(script: RemoteScript, port = 0): Promise<RemoteServer> {
  const questions: RemoteQuestion[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const asked = { headers: request.headers, body };
      script(response, asked, questions.push(asked) - 1);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo; // it listens on TCP
  return {
    server,
    url: `http://127.0.0.1:${taken}/graphql`,
    questions,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
