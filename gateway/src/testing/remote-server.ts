import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that the server received, with its unparsed body. */
export interface RemoteQuestion {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP server on a free port whose answers a script determines. */
export interface RemoteServer {
  readonly server: Server;
  readonly url: string;
  readonly questions: readonly RemoteQuestion[];
  /** Stops listening, and destroys every connection. */
  close(): Promise<void>;
}

/** Answers a request. `question` is the number of the request, from 0. */
export type RemoteScript = (response: ServerResponse, asked: RemoteQuestion, question: number) => void;

/**
 * Starts a server that answers with the script.
 * @param port 0 chooses any free port
 */
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
  const { port: taken } = server.address() as AddressInfo; // a TCP server has an address object
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

export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
