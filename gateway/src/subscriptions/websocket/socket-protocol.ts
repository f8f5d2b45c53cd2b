import type { OperationParams } from '../../operations/operation-params.ts';
import type { ClientMessage } from './client-message.ts';
import { duplicateId, NOT_ADMITTED, TOO_MANY_INITS, type Closing } from './close-reasons.ts';

type Payload = Readonly<Record<string, unknown>>;

/** The state of a socket, which `actionOn` needs for its decision. */
export interface SocketState {
  /** `ADMITTING` while the gateway identifies the caller. */
  readonly phase: 'CONNECTED' | 'ADMITTING' | 'ADMITTED';
  /** The ids of the running operations. */
  readonly operations: { readonly size: number; has(id: string): boolean };
  readonly maxOperations: number;
}

/** The action that a socket takes after a client's message. */
export type SocketAction =
  | { readonly do: 'NOTHING' }
  | { readonly do: 'ADMIT'; readonly payload: Payload | null }
  | { readonly do: 'PONG'; readonly payload: Payload | null }
  | { readonly do: 'START'; readonly id: string; readonly params: OperationParams }
  | { readonly do: 'REFUSE_ONE_MORE'; readonly id: string }
  | { readonly do: 'STOP'; readonly id: string }
  | { readonly do: 'CLOSE'; readonly closing: Closing };

/** The server's side of graphql-transport-ws: a pure function from a client's message to the socket's action. */
export function actionOn(message: ClientMessage, { phase, operations, maxOperations }: SocketState): SocketAction {
  switch (message.type) {
    case 'connection_init':
      return phase === 'CONNECTED'
        ? { do: 'ADMIT', payload: message.payload }
        : { do: 'CLOSE', closing: TOO_MANY_INITS };
    case 'ping':
      return { do: 'PONG', payload: message.payload };
    case 'pong':
      return { do: 'NOTHING' };
    case 'subscribe':
      if (phase !== 'ADMITTED') return { do: 'CLOSE', closing: NOT_ADMITTED };
      if (operations.has(message.id)) return { do: 'CLOSE', closing: duplicateId(message.id) };
      if (operations.size >= maxOperations) return { do: 'REFUSE_ONE_MORE', id: message.id };
      return { do: 'START', id: message.id, params: message.params };
    case 'complete':
      return { do: 'STOP', id: message.id };
  }
}
