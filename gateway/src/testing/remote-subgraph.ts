import { execute, parse, subscribe, type ExecutionArgs, type GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { FixtureSubgraph } from '@souk/engine/testing';
import { answerJson, startRemoteServer, type RemoteServer } from './remote-server.ts';

/** A fixture subgraph behind a real port. */
export interface RemoteSubgraph extends RemoteServer {
  /** The payloads of the received `connection_init` messages. */
  readonly inits: readonly unknown[];
  /** The headers of upgrade requests. */
  readonly upgrades: readonly IncomingHttpHeaders[];
  /** The `extensions` of `subscribe` messages. */
  readonly extensions: readonly unknown[];
  readonly openSockets: number;
  /** The server's ends of the open sockets. */
  sockets(): readonly WebSocket[];
  /** Cuts every socket, as a network failure does. */
  cutSockets(): void;
}

/**
 * Serves the subgraph over HTTP and graphql-transport-ws.
 * @param refuse returns the errors with which the subgraph answers a `subscribe`
 */
export async function startRemoteSubgraph(
  { schema }: FixtureSubgraph,
  port = 0,
  refuse: () => readonly GraphQLError[] | null = () => null,
): Promise<RemoteSubgraph> {
  const remote = await startRemoteServer((response, { headers, body }) => {
    const { query, variables, operationName } = JSON.parse(body);
    const args = { schema, document: parse(query), variableValues: variables, operationName };
    void Promise.resolve(execute({ ...args, contextValue: contextOf(headers) })).then((result) =>
      answerJson(response, result),
    );
  }, port);
  const [inits, upgrades, extensions]: [unknown[], IncomingHttpHeaders[], unknown[]] = [[], [], []];
  const sockets = new WebSocketServer({ server: remote.server, path: '/graphql' });
  sockets.on('connection', (_socket, { headers }) => upgrades.push(headers));
  useServer(
    {
      onConnect: ({ connectionParams }) => void inits.push(connectionParams),
      onSubscribe: (
        _context,
        _id,
        { query, variables, operationName, extensions: given },
      ): ExecutionArgs | readonly GraphQLError[] => {
        extensions.push(given);
        const refusal = refuse();
        if (refusal) return refusal;
        const args = { schema, document: parse(query), variableValues: variables, operationName };
        return { ...args, contextValue: contextOf({}) };
      },
      execute,
      subscribe,
    },
    sockets,
  );
  const cutSockets = () => sockets.clients.forEach((each) => each.terminate());
  return {
    ...remote,
    inits,
    upgrades,
    extensions,
    get openSockets() {
      return sockets.clients.size;
    },
    sockets: () => [...sockets.clients],
    cutSockets,
    close: async () => {
      cutSockets();
      await remote.close();
    },
  };
}

function contextOf(headers: IncomingHttpHeaders) {
  const ids = { requestId: String(headers['x-request-id']), correlationId: String(headers['x-correlation-id']) };
  return { tenantId: 'remote', actor: { kind: 'anonymous' }, locale: 'en', ...ids };
}
